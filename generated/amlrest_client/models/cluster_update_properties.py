# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ClusterUpdateProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .scale_settings import ScaleSettings


@define(kw_only=True, repr=False, getstate_setstate=False)
class ClusterUpdateProperties(Model):
    """ClusterUpdateProperties."""

    scale_settings: ScaleSettings | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "scale_settings": Field("scaleSettings", "ScaleSettings"),
    }
