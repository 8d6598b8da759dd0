# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""JobProvisioningState."""

from __future__ import annotations

from enum import StrEnum


class JobProvisioningState(StrEnum):
    """Open: the service may send and take other values."""

    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    CANCELED = "Canceled"
    IN_PROGRESS = "InProgress"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
