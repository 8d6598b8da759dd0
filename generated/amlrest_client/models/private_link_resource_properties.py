# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PrivateLinkResourceProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class PrivateLinkResourceProperties(Model):
    """PrivateLinkResourceProperties."""

    group_id: str | None | Unset = UNSET
    required_members: list[str] | None | Unset = UNSET
    required_zone_names: list[str] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "group_id": Field("groupId", "str", read_only=True),
        "required_members": Field("requiredMembers", "list[str]", read_only=True),
        "required_zone_names": Field("requiredZoneNames", "list[str]"),
    }
