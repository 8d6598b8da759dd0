# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ModelVersion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .flavor_data import FlavorData


@define(kw_only=True, repr=False, getstate_setstate=False)
class ModelVersion(Model):
    """ModelVersion."""

    datastore_id: str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    flavors: dict[str, FlavorData] | None | Unset = UNSET
    is_anonymous: bool | None | Unset = UNSET
    path: str
    properties: dict[str, str] | None | Unset = UNSET
    tags: dict[str, str] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "datastore_id": Field("datastoreId", "str"),
        "description": Field("description", "str"),
        "flavors": Field("flavors", "dict[FlavorData]"),
        "is_anonymous": Field("isAnonymous", "bool"),
        "path": Field("path", "str", required=True),
        "properties": Field("properties", "dict[str]"),
        "tags": Field("tags", "dict[str]"),
    }
