# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""OperationName."""

from __future__ import annotations

from enum import StrEnum


class OperationName(StrEnum):
    """Open: the service may send and take other values."""

    CREATE = "Create"
    START = "Start"
    STOP = "Stop"
    RESTART = "Restart"
    REIMAGE = "Reimage"
    DELETE = "Delete"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
