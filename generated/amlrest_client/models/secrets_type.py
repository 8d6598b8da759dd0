# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SecretsType."""

from __future__ import annotations

from enum import StrEnum


class SecretsType(StrEnum):
    """Open enum: the service may send and accept other values."""

    ACCOUNT_KEY = "AccountKey"
    CERTIFICATE = "Certificate"
    NONE = "None"
    SAS = "Sas"
    SERVICE_PRINCIPAL = "ServicePrincipal"
    SQL_ADMIN = "SqlAdmin"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
