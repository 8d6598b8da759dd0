# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ResourceIdentityAssignment."""

from __future__ import annotations

from enum import StrEnum


class ResourceIdentityAssignment(StrEnum):
    """Open enum: the service may send and accept other values."""

    SYSTEM_ASSIGNED = "SystemAssigned"
    USER_ASSIGNED = "UserAssigned"
    SYSTEM_ASSIGNED_USER_ASSIGNED = "SystemAssigned,UserAssigned"
    NONE = "None"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
