# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""OperationDisplay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class OperationDisplay(Model):
    """OperationDisplay."""

    provider: str | None | Unset = UNSET
    resource: str | None | Unset = UNSET
    operation: str | None | Unset = UNSET
    description: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "provider": Field("provider", "str"),
        "resource": Field("resource", "str"),
        "operation": Field("operation", "str"),
        "description": Field("description", "str"),
    }
