# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class Password(Model):
    """Password."""

    name: str | None | Unset = UNSET
    value: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "name": Field("name", "str", read_only=True),
        "value": Field("value", "str", read_only=True, secret=True),
    }
