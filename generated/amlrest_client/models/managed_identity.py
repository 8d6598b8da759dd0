# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ManagedIdentity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .identity_configuration import IdentityConfiguration

if TYPE_CHECKING:
    from .identity_configuration_type import IdentityConfigurationType


@define(kw_only=True, repr=False, getstate_setstate=False)
class ManagedIdentity(IdentityConfiguration):
    """ManagedIdentity.

    `identityType` is always `Managed`.
    """

    client_id: str | None | Unset = UNSET
    object_id: str | None | Unset = UNSET
    resource_id: str | None | Unset = UNSET
    identity_type: IdentityConfigurationType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "client_id": Field("clientId", "str"),
        "object_id": Field("objectId", "str"),
        "resource_id": Field("resourceId", "str"),
        "identity_type": Field("identityType", "enum[IdentityConfigurationType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"identityType": "Managed"}
