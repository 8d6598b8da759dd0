# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ResourceIdentityType."""

from __future__ import annotations

from enum import StrEnum


class ResourceIdentityType(StrEnum):
    """Closed: no other value is taken."""

    SYSTEM_ASSIGNED = "SystemAssigned"
    SYSTEM_ASSIGNED_USER_ASSIGNED = "SystemAssigned,UserAssigned"
    USER_ASSIGNED = "UserAssigned"
    NONE = "None"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return False
