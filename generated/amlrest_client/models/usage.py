# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Usage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .usage_name import UsageName
    from .usage_unit import UsageUnit


@define(kw_only=True, repr=False, getstate_setstate=False)
class Usage(Model):
    """Usage."""

    id: str | None | Unset = UNSET
    aml_workspace_location: str | None | Unset = UNSET
    type_: str | None | Unset = UNSET
    unit: UsageUnit | str | None | Unset = UNSET
    current_value: int | None | Unset = UNSET
    limit: int | None | Unset = UNSET
    name: UsageName | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "id": Field("id", "str", read_only=True),
        "aml_workspace_location": Field("amlWorkspaceLocation", "str", read_only=True),
        "type_": Field("type", "str", read_only=True),
        "unit": Field("unit", "enum[UsageUnit]", read_only=True),
        "current_value": Field("currentValue", "int", read_only=True),
        "limit": Field("limit", "int", read_only=True),
        "name": Field("name", "UsageName", read_only=True),
    }
