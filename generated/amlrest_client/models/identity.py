# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Identity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .resource_identity_type import ResourceIdentityType
    from .user_assigned_identity import UserAssignedIdentity


@define(kw_only=True, repr=False, getstate_setstate=False)
class Identity(Model):
    """Identity."""

    principal_id: str | None | Unset = UNSET
    tenant_id: str | None | Unset = UNSET
    type_: ResourceIdentityType | str | None | Unset = UNSET
    user_assigned_identities: dict[str, UserAssignedIdentity] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "principal_id": Field("principalId", "str", read_only=True),
        "tenant_id": Field("tenantId", "str", read_only=True),
        "type_": Field("type", "enum[ResourceIdentityType]"),
        "user_assigned_identities": Field("userAssignedIdentities", "dict[UserAssignedIdentity]"),
    }
