# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AzureSqlDatabaseContents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from .datastore_contents import DatastoreContents

if TYPE_CHECKING:
    from .contents_type import ContentsType
    from .datastore_credentials import DatastoreCredentials


@define(kw_only=True, repr=False, getstate_setstate=False)
class AzureSqlDatabaseContents(DatastoreContents):
    """AzureSqlDatabaseContents.

    `contentsType` is always `AzureSqlDatabase`.
    """

    credentials: DatastoreCredentials
    database_name: str
    endpoint: str
    port_number: int
    server_name: str
    contents_type: ContentsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "credentials": Field("credentials", "DatastoreCredentials", required=True),
        "database_name": Field("databaseName", "str", required=True),
        "endpoint": Field("endpoint", "str", required=True),
        "port_number": Field("portNumber", "int", required=True),
        "server_name": Field("serverName", "str", required=True),
        "contents_type": Field("contentsType", "enum[ContentsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"contentsType": "AzureSqlDatabase"}
