# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ScaleSettings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ScaleSettings(Model):
    """ScaleSettings."""

    max_node_count: int
    min_node_count: int | None | Unset = UNSET
    node_idle_time_before_scale_down: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "max_node_count": Field("maxNodeCount", "int", required=True),
        "min_node_count": Field("minNodeCount", "int"),
        "node_idle_time_before_scale_down": Field("nodeIdleTimeBeforeScaleDown", "str"),
    }
