# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Restriction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .reason_code import ReasonCode


@define(kw_only=True, repr=False, getstate_setstate=False)
class Restriction(Model):
    """Restriction."""

    type_: str | None | Unset = UNSET
    values: list[str] | None | Unset = UNSET
    reason_code: ReasonCode | str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "type_": Field("type", "str", read_only=True),
        "values": Field("values", "list[str]", read_only=True),
        "reason_code": Field("reasonCode", "enum[ReasonCode]"),
    }
