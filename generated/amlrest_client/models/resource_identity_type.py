# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ResourceIdentityType."""

from __future__ import annotations

from enum import StrEnum


class ResourceIdentityType(StrEnum):
    """Closed enum: other values are rejected."""

    SYSTEM_ASSIGNED = "SystemAssigned"
    SYSTEM_ASSIGNED_USER_ASSIGNED = "SystemAssigned,UserAssigned"
    USER_ASSIGNED = "UserAssigned"
    NONE = "None"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return False
