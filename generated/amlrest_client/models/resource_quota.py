# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ResourceQuota."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .quota_unit import QuotaUnit
    from .resource_name import ResourceName


@define(kw_only=True, repr=False, getstate_setstate=False)
class ResourceQuota(Model):
    """ResourceQuota."""

    id: str | None | Unset = UNSET
    aml_workspace_location: str | None | Unset = UNSET
    type_: str | None | Unset = UNSET
    name: ResourceName | None | Unset = UNSET
    limit: int | None | Unset = UNSET
    unit: QuotaUnit | str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "id": Field("id", "str", read_only=True),
        "aml_workspace_location": Field("amlWorkspaceLocation", "str", read_only=True),
        "type_": Field("type", "str", read_only=True),
        "name": Field("name", "ResourceName", read_only=True),
        "limit": Field("limit", "int", read_only=True),
        "unit": Field("unit", "enum[QuotaUnit]", read_only=True),
    }
