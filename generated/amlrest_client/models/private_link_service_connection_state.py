# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PrivateLinkServiceConnectionState."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .private_endpoint_service_connection_status import (
        PrivateEndpointServiceConnectionStatus,
    )


@define(kw_only=True, repr=False, getstate_setstate=False)
class PrivateLinkServiceConnectionState(Model):
    """PrivateLinkServiceConnectionState."""

    status: PrivateEndpointServiceConnectionStatus | str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    actions_required: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "status": Field("status", "enum[PrivateEndpointServiceConnectionStatus]"),
        "description": Field("description", "str"),
        "actions_required": Field("actionsRequired", "str"),
    }
