# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DatastoreContents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    from .contents_type import ContentsType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DatastoreContents(Model):
    """DatastoreContents; `from_dict` returns the subtype selected by `contentsType`."""

    contents_type: ContentsType | str

    _fields: ClassVar[Mapping[str, Field]] = {
        "contents_type": Field("contentsType", "enum[ContentsType]", required=True),
    }
    _discriminator: ClassVar[str] = "contentsType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "azureblob": "AzureBlobContents",
        "azuredatalakegen1": "AzureDataLakeGen1Contents",
        "azuredatalakegen2": "AzureDataLakeGen2Contents",
        "azurefile": "AzureFileContents",
        "azurepostgresql": "AzurePostgreSqlContents",
        "azuresqldatabase": "AzureSqlDatabaseContents",
        "glusterfs": "GlusterFsContents",
    }
