# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ComputeInstanceCreatedBy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ComputeInstanceCreatedBy(Model):
    """ComputeInstanceCreatedBy."""

    user_name: str | None | Unset = UNSET
    user_org_id: str | None | Unset = UNSET
    user_id: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "user_name": Field("userName", "str", read_only=True),
        "user_org_id": Field("userOrgId", "str", read_only=True),
        "user_id": Field("userId", "str", read_only=True),
    }
