# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ProbeSettings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ProbeSettings(Model):
    """ProbeSettings."""

    failure_threshold: int | None | Unset = UNSET
    initial_delay: str | None | Unset = UNSET
    period: str | None | Unset = UNSET
    success_threshold: int | None | Unset = UNSET
    timeout: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "failure_threshold": Field("failureThreshold", "int"),
        "initial_delay": Field("initialDelay", "str"),
        "period": Field("period", "str"),
        "success_threshold": Field("successThreshold", "int"),
        "timeout": Field("timeout", "str"),
    }
