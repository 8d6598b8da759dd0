# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""OperationName."""

from __future__ import annotations

from enum import StrEnum


class OperationName(StrEnum):
    """Open enum: the service may send and accept other values."""

    CREATE = "Create"
    START = "Start"
    STOP = "Stop"
    RESTART = "Restart"
    REIMAGE = "Reimage"
    DELETE = "Delete"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
