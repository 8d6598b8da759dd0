# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DaysOfWeek."""

from __future__ import annotations

from enum import StrEnum


class DaysOfWeek(StrEnum):
    """Closed: no other value is taken."""

    SUNDAY = "Sunday"
    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return False
