# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""WorkspaceSku."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .resource_sku_location_info import ResourceSkuLocationInfo
    from .restriction import Restriction
    from .sku_capability import SKUCapability


@define(kw_only=True, repr=False, getstate_setstate=False)
class WorkspaceSku(Model):
    """WorkspaceSku."""

    locations: list[str] | None | Unset = UNSET
    location_info: list[ResourceSkuLocationInfo] | None | Unset = UNSET
    tier: str | None | Unset = UNSET
    resource_type: str | None | Unset = UNSET
    name: str | None | Unset = UNSET
    capabilities: list[SKUCapability] | None | Unset = UNSET
    restrictions: list[Restriction] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "locations": Field("locations", "list[str]", read_only=True),
        "location_info": Field("locationInfo", "list[ResourceSkuLocationInfo]", read_only=True),
        "tier": Field("tier", "str", read_only=True),
        "resource_type": Field("resourceType", "str", read_only=True),
        "name": Field("name", "str", read_only=True),
        "capabilities": Field("capabilities", "list[SKUCapability]", read_only=True),
        "restrictions": Field("restrictions", "list[Restriction]"),
    }
