# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ContainerType."""

from __future__ import annotations

from enum import StrEnum


class ContainerType(StrEnum):
    """Open: the service may send and take other values."""

    STORAGE_INITIALIZER = "StorageInitializer"
    INFERENCE_SERVER = "InferenceServer"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
