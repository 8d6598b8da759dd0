# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PrivateLinkResource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .identity import Identity
    from .private_link_resource_properties import PrivateLinkResourceProperties
    from .sku import Sku
    from .system_data import SystemData


@define(kw_only=True, repr=False, getstate_setstate=False)
class PrivateLinkResource(Model):
    """PrivateLinkResource."""

    id: str | None | Unset = UNSET
    name: str | None | Unset = UNSET
    type_: str | None | Unset = UNSET
    properties: PrivateLinkResourceProperties | None | Unset = UNSET
    identity: Identity | None | Unset = UNSET
    location: str | None | Unset = UNSET
    tags: dict[str, str] | None | Unset = UNSET
    sku: Sku | None | Unset = UNSET
    system_data: SystemData | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "id": Field("id", "str", read_only=True),
        "name": Field("name", "str", read_only=True),
        "type_": Field("type", "str", read_only=True),
        "properties": Field("properties", "PrivateLinkResourceProperties"),
        "identity": Field("identity", "Identity"),
        "location": Field("location", "str"),
        "tags": Field("tags", "dict[str]"),
        "sku": Field("sku", "Sku"),
        "system_data": Field("systemData", "SystemData"),
    }
