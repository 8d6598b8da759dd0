# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SystemData: systemData of the document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .created_by_type import CreatedByType


@define(kw_only=True, repr=False, getstate_setstate=False)
class SystemData(Model):
    """SystemData."""

    created_by: str | None | Unset = UNSET
    created_by_type: CreatedByType | str | None | Unset = UNSET
    created_at: str | None | Unset = UNSET
    last_modified_by: str | None | Unset = UNSET
    last_modified_by_type: CreatedByType | str | None | Unset = UNSET
    last_modified_at: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "created_by": Field("createdBy", "str"),
        "created_by_type": Field("createdByType", "enum[CreatedByType]"),
        "created_at": Field("createdAt", "str"),
        "last_modified_by": Field("lastModifiedBy", "str"),
        "last_modified_by_type": Field("lastModifiedByType", "enum[CreatedByType]"),
        "last_modified_at": Field("lastModifiedAt", "str"),
    }
