# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""QuotaUpdateParameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .quota_base_properties import QuotaBaseProperties


@define(kw_only=True, repr=False, getstate_setstate=False)
class QuotaUpdateParameters(Model):
    """QuotaUpdateParameters."""

    value: list[QuotaBaseProperties] | None | Unset = UNSET
    location: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "value": Field("value", "list[QuotaBaseProperties]"),
        "location": Field("location", "str"),
    }
