# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DatastorePropertiesResource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .datastore_properties import DatastoreProperties
    from .system_data import SystemData


@define(kw_only=True, repr=False, getstate_setstate=False)
class DatastorePropertiesResource(Model):
    """DatastorePropertiesResource."""

    id: str | None | Unset = UNSET
    name: str | None | Unset = UNSET
    type_: str | None | Unset = UNSET
    properties: DatastoreProperties
    system_data: SystemData | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "id": Field("id", "str", read_only=True),
        "name": Field("name", "str", read_only=True),
        "type_": Field("type", "str", read_only=True),
        "properties": Field("properties", "DatastoreProperties", required=True),
        "system_data": Field("systemData", "SystemData", read_only=True),
    }
