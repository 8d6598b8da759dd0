# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AzureBlobContents."""

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
class AzureBlobContents(DatastoreContents):
    """AzureBlobContents.

    `contentsType` is always `AzureBlob`.
    """

    account_name: str
    container_name: str
    credentials: DatastoreCredentials
    endpoint: str
    protocol: str
    contents_type: ContentsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "account_name": Field("accountName", "str", required=True),
        "container_name": Field("containerName", "str", required=True),
        "credentials": Field("credentials", "DatastoreCredentials", required=True),
        "endpoint": Field("endpoint", "str", required=True),
        "protocol": Field("protocol", "str", required=True),
        "contents_type": Field("contentsType", "enum[ContentsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"contentsType": "AzureBlob"}
