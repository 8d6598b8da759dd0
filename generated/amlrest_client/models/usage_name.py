# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""UsageName."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class UsageName(Model):
    """UsageName."""

    value: str | None | Unset = UNSET
    localized_value: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "value": Field("value", "str", read_only=True),
        "localized_value": Field("localizedValue", "str", read_only=True),
    }
