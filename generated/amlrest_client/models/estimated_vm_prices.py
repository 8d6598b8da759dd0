# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""EstimatedVMPrices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    from .billing_currency import BillingCurrency
    from .estimated_vm_price import EstimatedVMPrice
    from .unit_of_measure import UnitOfMeasure


@define(kw_only=True, repr=False, getstate_setstate=False)
class EstimatedVMPrices(Model):
    """EstimatedVMPrices."""

    billing_currency: BillingCurrency | str
    unit_of_measure: UnitOfMeasure | str
    values: list[EstimatedVMPrice]

    _fields: ClassVar[Mapping[str, Field]] = {
        "billing_currency": Field("billingCurrency", "enum[BillingCurrency]", required=True),
        "unit_of_measure": Field("unitOfMeasure", "enum[UnitOfMeasure]", required=True),
        "values": Field("values", "list[EstimatedVMPrice]", required=True),
    }
