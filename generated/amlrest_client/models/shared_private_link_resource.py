# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SharedPrivateLinkResource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .shared_private_link_resource_property import SharedPrivateLinkResourceProperty


@define(kw_only=True, repr=False, getstate_setstate=False)
class SharedPrivateLinkResource(Model):
    """SharedPrivateLinkResource."""

    name: str | None | Unset = UNSET
    properties: SharedPrivateLinkResourceProperty | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "name": Field("name", "str"),
        "properties": Field("properties", "SharedPrivateLinkResourceProperty"),
    }
