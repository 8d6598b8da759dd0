# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ProvisioningStatus."""

from __future__ import annotations

from enum import StrEnum


class ProvisioningStatus(StrEnum):
    """Open enum: the service may send and accept other values."""

    COMPLETED = "Completed"
    PROVISIONING = "Provisioning"
    FAILED = "Failed"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
