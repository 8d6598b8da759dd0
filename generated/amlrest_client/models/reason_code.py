# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ReasonCode."""

from __future__ import annotations

from enum import StrEnum


class ReasonCode(StrEnum):
    """Open: the service may send and take other values."""

    NOT_SPECIFIED = "NotSpecified"
    NOT_AVAILABLE_FOR_REGION = "NotAvailableForRegion"
    NOT_AVAILABLE_FOR_SUBSCRIPTION = "NotAvailableForSubscription"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
