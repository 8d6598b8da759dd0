# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DeploymentProvisioningState."""

from __future__ import annotations

from enum import StrEnum


class DeploymentProvisioningState(StrEnum):
    """Open: the service may send and take other values."""

    CREATING = "Creating"
    DELETING = "Deleting"
    SCALING = "Scaling"
    UPDATING = "Updating"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"
    CANCELED = "Canceled"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
