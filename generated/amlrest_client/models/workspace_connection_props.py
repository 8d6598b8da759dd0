# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""WorkspaceConnectionProps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .value_format import ValueFormat


@define(kw_only=True, repr=False, getstate_setstate=False)
class WorkspaceConnectionProps(Model):
    """WorkspaceConnectionProps."""

    category: str | None | Unset = UNSET
    target: str | None | Unset = UNSET
    auth_type: str | None | Unset = UNSET
    value: str | None | Unset = UNSET
    value_format: ValueFormat | str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "category": Field("category", "str"),
        "target": Field("target", "str"),
        "auth_type": Field("authType", "str"),
        "value": Field("value", "str", secret=True),
        "value_format": Field("valueFormat", "enum[ValueFormat]"),
    }
