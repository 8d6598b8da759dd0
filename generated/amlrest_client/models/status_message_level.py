# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""StatusMessageLevel."""

from __future__ import annotations

from enum import StrEnum


class StatusMessageLevel(StrEnum):
    """Open enum: the service may send and accept other values."""

    ERROR = "Error"
    INFORMATION = "Information"
    WARNING = "Warning"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
