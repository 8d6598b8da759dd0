# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ErrorAdditionalInfo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ErrorAdditionalInfo(Model):
    """ErrorAdditionalInfo."""

    type_: str | None | Unset = UNSET
    info: Any = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "type_": Field("type", "str", read_only=True),
        "info": Field("info", "any", read_only=True),
    }
