# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DaysOfWeek."""

from __future__ import annotations

from enum import StrEnum


class DaysOfWeek(StrEnum):
    """Closed enum: other values are rejected."""

    SUNDAY = "Sunday"
    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return False
