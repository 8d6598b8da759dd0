# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DatastoreCredentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    from .credentials_type import CredentialsType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DatastoreCredentials(Model):
    """DatastoreCredentials; `from_dict` returns the subtype selected by `credentialsType`."""

    credentials_type: CredentialsType | str

    _fields: ClassVar[Mapping[str, Field]] = {
        "credentials_type": Field("credentialsType", "enum[CredentialsType]", required=True),
    }
    _discriminator: ClassVar[str] = "credentialsType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "accountkey": "AccountKeyDatastoreCredentials",
        "certificate": "CertificateDatastoreCredentials",
        "none": "NoneDatastoreCredentials",
        "sas": "SasDatastoreCredentials",
        "serviceprincipal": "ServicePrincipalDatastoreCredentials",
        "sqladmin": "SqlAdminDatastoreCredentials",
    }
