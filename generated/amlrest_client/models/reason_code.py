# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ReasonCode."""

from __future__ import annotations

from enum import StrEnum


class ReasonCode(StrEnum):
    """Open enum: the service may send and accept other values."""

    NOT_SPECIFIED = "NotSpecified"
    NOT_AVAILABLE_FOR_REGION = "NotAvailableForRegion"
    NOT_AVAILABLE_FOR_SUBSCRIPTION = "NotAvailableForSubscription"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
