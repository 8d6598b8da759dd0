# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ClusterPurpose."""

from __future__ import annotations

from enum import StrEnum


class ClusterPurpose(StrEnum):
    """Open enum: the service may send and accept other values."""

    FAST_PROD = "FastProd"
    DENSE_PROD = "DenseProd"
    DEV_TEST = "DevTest"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
