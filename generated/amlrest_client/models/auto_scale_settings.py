# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AutoScaleSettings."""

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
class AutoScaleSettings(OnlineScaleSettings):
    """AutoScaleSettings.

    `scaleType` is always `Auto`.
    """

    polling_interval: str | None | Unset = UNSET
    target_utilization_percentage: int | None | Unset = UNSET
    scale_type: ScaleType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "polling_interval": Field("pollingInterval", "str"),
        "target_utilization_percentage": Field("targetUtilizationPercentage", "int"),
        "scale_type": Field("scaleType", "enum[ScaleType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"scaleType": "Auto"}
