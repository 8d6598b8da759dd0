# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AzurePostgreSqlContents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .datastore_contents import DatastoreContents

if TYPE_CHECKING:
    from .contents_type import ContentsType
    from .datastore_credentials import DatastoreCredentials


@define(kw_only=True, repr=False, getstate_setstate=False)
class AzurePostgreSqlContents(DatastoreContents):
    """AzurePostgreSqlContents.

    `contentsType` is always `AzurePostgreSql`.
    """

    credentials: DatastoreCredentials
    database_name: str
    enable_ssl: bool | None | Unset = UNSET
    endpoint: str
    port_number: int
    server_name: str
    contents_type: ContentsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "credentials": Field("credentials", "DatastoreCredentials", required=True),
        "database_name": Field("databaseName", "str", required=True),
        "enable_ssl": Field("enableSSL", "bool"),
        "endpoint": Field("endpoint", "str", required=True),
        "port_number": Field("portNumber", "int", required=True),
        "server_name": Field("serverName", "str", required=True),
        "contents_type": Field("contentsType", "enum[ContentsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"contentsType": "AzurePostgreSql"}
