# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SecretsType."""

from __future__ import annotations

from enum import StrEnum


class SecretsType(StrEnum):
    """Open: the service may send and take other values."""

    ACCOUNT_KEY = "AccountKey"
    CERTIFICATE = "Certificate"
    NONE = "None"
    SAS = "Sas"
    SERVICE_PRINCIPAL = "ServicePrincipal"
    SQL_ADMIN = "SqlAdmin"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
