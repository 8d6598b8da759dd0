# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""LinkedInfo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .origin_type import OriginType


@define(kw_only=True, repr=False, getstate_setstate=False)
class LinkedInfo(Model):
    """LinkedInfo."""

    linked_id: str | None | Unset = UNSET
    linked_resource_name: str | None | Unset = UNSET
    origin: OriginType | str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "linked_id": Field("linkedId", "str"),
        "linked_resource_name": Field("linkedResourceName", "str"),
        "origin": Field("origin", "enum[OriginType]"),
    }
