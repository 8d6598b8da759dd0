# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Operation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .operation_display import OperationDisplay


@define(kw_only=True, repr=False, getstate_setstate=False)
class Operation(Model):
    """Operation."""

    name: str | None | Unset = UNSET
    display: OperationDisplay | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "name": Field("name", "str"),
        "display": Field("display", "OperationDisplay"),
    }
