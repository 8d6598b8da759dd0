# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""BatchOutputAction."""

from __future__ import annotations

from enum import StrEnum


class BatchOutputAction(StrEnum):
    """Open: the service may send and take other values."""

    SUMMARY_ONLY = "SummaryOnly"
    APPEND_ROW = "AppendRow"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
