# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AssignedUser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class AssignedUser(Model):
    """AssignedUser."""

    object_id: str
    tenant_id: str

    _fields: ClassVar[Mapping[str, Field]] = {
        "object_id": Field("objectId", "str", required=True),
        "tenant_id": Field("tenantId", "str", required=True),
    }
