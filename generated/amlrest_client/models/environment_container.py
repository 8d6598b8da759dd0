# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""EnvironmentContainer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class EnvironmentContainer(Model):
    """EnvironmentContainer."""

    description: str | None | Unset = UNSET
    properties: dict[str, str] | None | Unset = UNSET
    tags: dict[str, str] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "description": Field("description", "str"),
        "properties": Field("properties", "dict[str]"),
        "tags": Field("tags", "dict[str]"),
    }
