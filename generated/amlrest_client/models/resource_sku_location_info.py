# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ResourceSkuLocationInfo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .resource_sku_zone_details import ResourceSkuZoneDetails


@define(kw_only=True, repr=False, getstate_setstate=False)
class ResourceSkuLocationInfo(Model):
    """ResourceSkuLocationInfo."""

    location: str | None | Unset = UNSET
    zones: list[str] | None | Unset = UNSET
    zone_details: list[ResourceSkuZoneDetails] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "location": Field("location", "str", read_only=True),
        "zones": Field("zones", "list[str]", read_only=True),
        "zone_details": Field("zoneDetails", "list[ResourceSkuZoneDetails]", read_only=True),
    }
