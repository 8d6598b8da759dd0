# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""LabelClass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class LabelClass(Model):
    """LabelClass."""

    display_name: str | None | Unset = UNSET
    subclasses: dict[str, LabelClass] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "display_name": Field("displayName", "str"),
        "subclasses": Field("subclasses", "dict[LabelClass]"),
    }
