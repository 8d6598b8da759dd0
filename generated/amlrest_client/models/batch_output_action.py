# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""BatchOutputAction."""

from __future__ import annotations

from enum import StrEnum


class BatchOutputAction(StrEnum):
    """Open enum: the service may send and accept other values."""

    SUMMARY_ONLY = "SummaryOnly"
    APPEND_ROW = "AppendRow"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
