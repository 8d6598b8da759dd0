# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""LabelCategory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .label_class import LabelClass


@define(kw_only=True, repr=False, getstate_setstate=False)
class LabelCategory(Model):
    """LabelCategory."""

    allow_multi_select: bool | None | Unset = UNSET
    classes: dict[str, LabelClass] | None | Unset = UNSET
    display_name: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "allow_multi_select": Field("allowMultiSelect", "bool"),
        "classes": Field("classes", "dict[LabelClass]"),
        "display_name": Field("displayName", "str"),
    }
