# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""OnlineScaleSettings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .scale_type import ScaleType


@define(kw_only=True, repr=False, getstate_setstate=False)
class OnlineScaleSettings(Model):
    """OnlineScaleSettings; `from_dict` returns the subtype selected by `scaleType`."""

    max_instances: int | None | Unset = UNSET
    min_instances: int | None | Unset = UNSET
    scale_type: ScaleType | str

    _fields: ClassVar[Mapping[str, Field]] = {
        "max_instances": Field("maxInstances", "int"),
        "min_instances": Field("minInstances", "int"),
        "scale_type": Field("scaleType", "enum[ScaleType]", required=True),
    }
    _discriminator: ClassVar[str] = "scaleType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "auto": "AutoScaleSettings",
        "manual": "ManualScaleSettings",
    }
