# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""BillingCurrency."""

from __future__ import annotations

from enum import StrEnum


class BillingCurrency(StrEnum):
    """Open enum: the service may send and accept other values."""

    USD = "USD"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
