# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""UserAssignedIdentity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class UserAssignedIdentity(Model):
    """UserAssignedIdentity."""

    principal_id: str | None | Unset = UNSET
    tenant_id: str | None | Unset = UNSET
    client_id: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "principal_id": Field("principalId", "str", read_only=True),
        "tenant_id": Field("tenantId", "str", read_only=True),
        "client_id": Field("clientId", "str", read_only=True),
    }
