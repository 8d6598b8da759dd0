# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""MediaType."""

from __future__ import annotations

from enum import StrEnum


class MediaType(StrEnum):
    """Open: the service may send and take other values."""

    IMAGE = "Image"
    TEXT = "Text"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
