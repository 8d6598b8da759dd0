# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SqlAdminDatastoreCredentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .datastore_credentials import DatastoreCredentials

if TYPE_CHECKING:
    from .credentials_type import CredentialsType
    from .sql_admin_datastore_secrets import SqlAdminDatastoreSecrets


@define(kw_only=True, repr=False, getstate_setstate=False)
class SqlAdminDatastoreCredentials(DatastoreCredentials):
    """SqlAdminDatastoreCredentials.

    `credentialsType` is always `SqlAdmin`.
    """

    secrets: SqlAdminDatastoreSecrets | None | Unset = UNSET
    user_id: str
    credentials_type: CredentialsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "secrets": Field("secrets", "SqlAdminDatastoreSecrets", secret=True),
        "user_id": Field("userId", "str", required=True),
        "credentials_type": Field("credentialsType", "enum[CredentialsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"credentialsType": "SqlAdmin"}
