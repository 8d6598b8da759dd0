# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ComputeConfiguration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ComputeConfiguration(Model):
    """ComputeConfiguration."""

    instance_count: int | None | Unset = UNSET
    instance_type: str | None | Unset = UNSET
    is_local: bool | None | Unset = UNSET
    location: str | None | Unset = UNSET
    properties: dict[str, str] | None | Unset = UNSET
    target: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "instance_count": Field("instanceCount", "int"),
        "instance_type": Field("instanceType", "str"),
        "is_local": Field("isLocal", "bool"),
        "location": Field("location", "str"),
        "properties": Field("properties", "dict[str]"),
        "target": Field("target", "str"),
    }
