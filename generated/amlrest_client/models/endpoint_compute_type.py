# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""EndpointComputeType."""

from __future__ import annotations

from enum import StrEnum


class EndpointComputeType(StrEnum):
    """Open enum: the service may send and accept other values."""

    MANAGED = "Managed"
    K8S = "K8S"
    AZURE_ML_COMPUTE = "AzureMLCompute"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
