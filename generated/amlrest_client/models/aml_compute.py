# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AmlCompute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .compute import Compute

if TYPE_CHECKING:
    from .aml_compute_properties import AmlComputeProperties
    from .compute_type import ComputeType


@define(kw_only=True, repr=False, getstate_setstate=False)
class AmlCompute(Compute):
    """AmlCompute.

    `computeType` is always `AmlCompute`.
    """

    properties: AmlComputeProperties | None | Unset = UNSET
    compute_type: ComputeType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "properties": Field("properties", "AmlComputeProperties"),
        "compute_type": Field("computeType", "enum[ComputeType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"computeType": "AmlCompute"}
