# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DatastoreSecrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    from .secrets_type import SecretsType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DatastoreSecrets(Model):
    """DatastoreSecrets; `from_dict` returns the subtype selected by `secretsType`."""

    secrets_type: SecretsType | str

    _fields: ClassVar[Mapping[str, Field]] = {
        "secrets_type": Field("secretsType", "enum[SecretsType]", required=True),
    }
    _discriminator: ClassVar[str] = "secretsType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "accountkey": "AccountKeyDatastoreSecrets",
        "certificate": "CertificateDatastoreSecrets",
        "none": "NoneDatastoreSecrets",
        "sas": "SasDatastoreSecrets",
        "serviceprincipal": "ServicePrincipalDatastoreSecrets",
        "sqladmin": "SqlAdminDatastoreSecrets",
    }
