# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""QuotaBaseProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .quota_unit import QuotaUnit


@define(kw_only=True, repr=False, getstate_setstate=False)
class QuotaBaseProperties(Model):
    """QuotaBaseProperties."""

    id: str | None | Unset = UNSET
    type_: str | None | Unset = UNSET
    limit: int | None | Unset = UNSET
    unit: QuotaUnit | str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "id": Field("id", "str"),
        "type_": Field("type", "str"),
        "limit": Field("limit", "int"),
        "unit": Field("unit", "enum[QuotaUnit]"),
    }
