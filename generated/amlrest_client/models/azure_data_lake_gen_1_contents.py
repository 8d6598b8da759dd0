# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AzureDataLakeGen1Contents."""

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
class AzureDataLakeGen1Contents(DatastoreContents):
    """AzureDataLakeGen1Contents.

    `contentsType` is always `AzureDataLakeGen1`.
    """

    credentials: DatastoreCredentials
    store_name: str
    contents_type: ContentsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "credentials": Field("credentials", "DatastoreCredentials", required=True),
        "store_name": Field("storeName", "str", required=True),
        "contents_type": Field("contentsType", "enum[ContentsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"contentsType": "AzureDataLakeGen1"}
