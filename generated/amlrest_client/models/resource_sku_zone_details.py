# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ResourceSkuZoneDetails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .sku_capability import SKUCapability


@define(kw_only=True, repr=False, getstate_setstate=False)
class ResourceSkuZoneDetails(Model):
    """ResourceSkuZoneDetails."""

    name: list[str] | None | Unset = UNSET
    capabilities: list[SKUCapability] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "name": Field("name", "list[str]", read_only=True),
        "capabilities": Field("capabilities", "list[SKUCapability]", read_only=True),
    }
