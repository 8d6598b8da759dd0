# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PrivateEndpointServiceConnectionStatus."""

from __future__ import annotations

from enum import StrEnum


class PrivateEndpointServiceConnectionStatus(StrEnum):
    """Open: the service may send and take other values."""

    PENDING = "Pending"
    APPROVED = "Approved"
    REJECTED = "Rejected"
    DISCONNECTED = "Disconnected"
    TIMEOUT = "Timeout"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
