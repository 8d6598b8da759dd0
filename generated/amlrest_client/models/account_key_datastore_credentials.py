# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AccountKeyDatastoreCredentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .datastore_credentials import DatastoreCredentials

if TYPE_CHECKING:
    from .account_key_datastore_secrets import AccountKeyDatastoreSecrets
    from .credentials_type import CredentialsType


@define(kw_only=True, repr=False, getstate_setstate=False)
class AccountKeyDatastoreCredentials(DatastoreCredentials):
    """AccountKeyDatastoreCredentials.

    `credentialsType` is always `AccountKey`.
    """

    secrets: AccountKeyDatastoreSecrets | None | Unset = UNSET
    credentials_type: CredentialsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "secrets": Field("secrets", "AccountKeyDatastoreSecrets", secret=True),
        "credentials_type": Field("credentialsType", "enum[CredentialsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"credentialsType": "AccountKey"}
