# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ExportFormatType."""

from __future__ import annotations

from enum import StrEnum


class ExportFormatType(StrEnum):
    """Open: the service may send and take other values."""

    DATASET = "Dataset"
    COCO = "Coco"
    CSV = "CSV"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
