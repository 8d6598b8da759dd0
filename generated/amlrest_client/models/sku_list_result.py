# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SkuListResult."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .workspace_sku import WorkspaceSku


@define(kw_only=True, repr=False, getstate_setstate=False)
class SkuListResult(Model):
    """SkuListResult."""

    value: list[WorkspaceSku] | None | Unset = UNSET
    next_link: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "value": Field("value", "list[WorkspaceSku]"),
        "next_link": Field("nextLink", "str"),
    }
