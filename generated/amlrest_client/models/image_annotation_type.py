# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ImageAnnotationType."""

from __future__ import annotations

from enum import StrEnum


class ImageAnnotationType(StrEnum):
    """Open enum: the service may send and accept other values."""

    CLASSIFICATION = "Classification"
    BOUNDING_BOX = "BoundingBox"
    INSTANCE_SEGMENTATION = "InstanceSegmentation"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
