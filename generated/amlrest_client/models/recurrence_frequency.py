# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""RecurrenceFrequency."""

from __future__ import annotations

from enum import StrEnum


class RecurrenceFrequency(StrEnum):
    """Open: the service may send and take other values."""

    NOT_SPECIFIED = "NotSpecified"
    SECOND = "Second"
    MINUTE = "Minute"
    HOUR = "Hour"
    DAY = "Day"
    WEEK = "Week"
    MONTH = "Month"
    YEAR = "Year"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
