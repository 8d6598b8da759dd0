# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DataVersion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .dataset_type import DatasetType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DataVersion(Model):
    """DataVersion."""

    dataset_type: DatasetType | str | None | Unset = UNSET
    datastore_id: str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    is_anonymous: bool | None | Unset = UNSET
    path: str
    properties: dict[str, str] | None | Unset = UNSET
    tags: dict[str, str] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "dataset_type": Field("datasetType", "enum[DatasetType]"),
        "datastore_id": Field("datastoreId", "str"),
        "description": Field("description", "str"),
        "is_anonymous": Field("isAnonymous", "bool"),
        "path": Field("path", "str", required=True),
        "properties": Field("properties", "dict[str]"),
        "tags": Field("tags", "dict[str]"),
    }
