# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""UnitOfMeasure."""

from __future__ import annotations

from enum import StrEnum


class UnitOfMeasure(StrEnum):
    """Open: the service may send and take other values."""

    ONE_HOUR = "OneHour"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
