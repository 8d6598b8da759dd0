# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SasDatastoreCredentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .datastore_credentials import DatastoreCredentials

if TYPE_CHECKING:
    from .credentials_type import CredentialsType
    from .sas_datastore_secrets import SasDatastoreSecrets


@define(kw_only=True, repr=False, getstate_setstate=False)
class SasDatastoreCredentials(DatastoreCredentials):
    """SasDatastoreCredentials.

    `credentialsType` is always `Sas`.
    """

    secrets: SasDatastoreSecrets | None | Unset = UNSET
    credentials_type: CredentialsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "secrets": Field("secrets", "SasDatastoreSecrets", secret=True),
        "credentials_type": Field("credentialsType", "enum[CredentialsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"credentialsType": "Sas"}
