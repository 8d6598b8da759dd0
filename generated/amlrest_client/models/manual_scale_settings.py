# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ManualScaleSettings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .online_scale_settings import OnlineScaleSettings

if TYPE_CHECKING:
    from .scale_type import ScaleType


@define(kw_only=True, repr=False, getstate_setstate=False)
class ManualScaleSettings(OnlineScaleSettings):
    """ManualScaleSettings.

    `scaleType` is always `Manual`.
    """

    instance_count: int | None | Unset = UNSET
    scale_type: ScaleType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "instance_count": Field("instanceCount", "int"),
        "scale_type": Field("scaleType", "enum[ScaleType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"scaleType": "Manual"}
