# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""CertificateDatastoreSecrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .datastore_secrets import DatastoreSecrets

if TYPE_CHECKING:
    from .secrets_type import SecretsType


@define(kw_only=True, repr=False, getstate_setstate=False)
class CertificateDatastoreSecrets(DatastoreSecrets):
    """CertificateDatastoreSecrets.

    `secretsType` is always `Certificate`.
    """

    certificate: str | None | Unset = UNSET
    secrets_type: SecretsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "certificate": Field("certificate", "str", secret=True),
        "secrets_type": Field("secretsType", "enum[SecretsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"secretsType": "Certificate"}
