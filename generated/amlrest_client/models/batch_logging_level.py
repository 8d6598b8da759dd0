# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""BatchLoggingLevel."""

from __future__ import annotations

from enum import StrEnum


class BatchLoggingLevel(StrEnum):
    """Open: the service may send and take other values."""

    INFO = "Info"
    WARNING = "Warning"
    DEBUG = "Debug"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
