# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""EndpointProvisioningState."""

from __future__ import annotations

from enum import StrEnum


class EndpointProvisioningState(StrEnum):
    """Open enum: the service may send and accept other values."""

    CREATING = "Creating"
    DELETING = "Deleting"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    UPDATING = "Updating"
    CANCELED = "Canceled"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
