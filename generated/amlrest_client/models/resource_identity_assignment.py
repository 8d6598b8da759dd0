# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ResourceIdentityAssignment."""

from __future__ import annotations

from enum import StrEnum


class ResourceIdentityAssignment(StrEnum):
    """Open: the service may send and take other values."""

    SYSTEM_ASSIGNED = "SystemAssigned"
    USER_ASSIGNED = "UserAssigned"
    SYSTEM_ASSIGNED_USER_ASSIGNED = "SystemAssigned,UserAssigned"
    NONE = "None"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
