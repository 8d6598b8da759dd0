# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""RecurrenceFrequency."""

from __future__ import annotations

from enum import StrEnum


class RecurrenceFrequency(StrEnum):
    """Open enum: the service may send and accept other values."""

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
        """Return whether other values may be written."""
        return True
