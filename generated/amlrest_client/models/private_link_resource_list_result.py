# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PrivateLinkResourceListResult."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .private_link_resource import PrivateLinkResource


@define(kw_only=True, repr=False, getstate_setstate=False)
class PrivateLinkResourceListResult(Model):
    """PrivateLinkResourceListResult."""

    value: list[PrivateLinkResource] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "value": Field("value", "list[PrivateLinkResource]"),
    }
