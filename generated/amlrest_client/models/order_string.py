# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""OrderString."""

from __future__ import annotations

from enum import StrEnum


class OrderString(StrEnum):
    """Open enum: the service may send and accept other values."""

    CREATED_AT_DESC = "CreatedAtDesc"
    CREATED_AT_ASC = "CreatedAtAsc"
    UPDATED_AT_DESC = "UpdatedAtDesc"
    UPDATED_AT_ASC = "UpdatedAtAsc"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
