# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Cron."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class Cron(Model):
    """Cron."""

    start_time: str | None | Unset = UNSET
    time_zone: str | None | Unset = UNSET
    expression: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "start_time": Field("startTime", "str"),
        "time_zone": Field("timeZone", "str"),
        "expression": Field("expression", "str"),
    }
