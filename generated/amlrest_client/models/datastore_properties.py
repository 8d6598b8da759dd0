# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DatastoreProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .datastore_contents import DatastoreContents
    from .linked_info import LinkedInfo


@define(kw_only=True, repr=False, getstate_setstate=False)
class DatastoreProperties(Model):
    """DatastoreProperties."""

    contents: DatastoreContents
    description: str | None | Unset = UNSET
    has_been_validated: bool | None | Unset = UNSET
    is_default: bool | None | Unset = UNSET
    linked_info: LinkedInfo | None | Unset = UNSET
    properties: dict[str, str] | None | Unset = UNSET
    tags: dict[str, str] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "contents": Field("contents", "DatastoreContents", required=True),
        "description": Field("description", "str"),
        "has_been_validated": Field("hasBeenValidated", "bool", read_only=True),
        "is_default": Field("isDefault", "bool"),
        "linked_info": Field("linkedInfo", "LinkedInfo"),
        "properties": Field("properties", "dict[str]"),
        "tags": Field("tags", "dict[str]"),
    }
