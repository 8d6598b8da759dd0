# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""EstimatedVMPrice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    from .vm_price_os_type import VMPriceOSType
    from .vm_tier import VMTier


@define(kw_only=True, repr=False, getstate_setstate=False)
class EstimatedVMPrice(Model):
    """EstimatedVMPrice."""

    retail_price: float
    os_type: VMPriceOSType | str
    vm_tier: VMTier | str

    _fields: ClassVar[Mapping[str, Field]] = {
        "retail_price": Field("retailPrice", "float", required=True),
        "os_type": Field("osType", "enum[VMPriceOSType]", required=True),
        "vm_tier": Field("vmTier", "enum[VMTier]", required=True),
    }
