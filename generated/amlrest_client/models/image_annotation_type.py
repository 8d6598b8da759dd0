# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ImageAnnotationType."""

from __future__ import annotations

from enum import StrEnum


class ImageAnnotationType(StrEnum):
    """Open: the service may send and take other values."""

    CLASSIFICATION = "Classification"
    BOUNDING_BOX = "BoundingBox"
    INSTANCE_SEGMENTATION = "InstanceSegmentation"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
