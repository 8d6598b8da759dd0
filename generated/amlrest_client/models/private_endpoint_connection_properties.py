# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PrivateEndpointConnectionProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .private_endpoint import PrivateEndpoint
    from .private_endpoint_connection_provisioning_state import (
        PrivateEndpointConnectionProvisioningState,
    )
    from .private_link_service_connection_state import PrivateLinkServiceConnectionState


@define(kw_only=True, repr=False, getstate_setstate=False)
class PrivateEndpointConnectionProperties(Model):
    """PrivateEndpointConnectionProperties."""

    private_endpoint: PrivateEndpoint | None | Unset = UNSET
    private_link_service_connection_state: PrivateLinkServiceConnectionState
    provisioning_state: PrivateEndpointConnectionProvisioningState | str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "private_endpoint": Field("privateEndpoint", "PrivateEndpoint"),
        "private_link_service_connection_state": Field(
            "privateLinkServiceConnectionState", "PrivateLinkServiceConnectionState", required=True
        ),
        "provisioning_state": Field(
            "provisioningState", "enum[PrivateEndpointConnectionProvisioningState]"
        ),
    }
