# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SharedPrivateLinkResourceProperty."""

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
class SharedPrivateLinkResourceProperty(Model):
    """SharedPrivateLinkResourceProperty."""

    private_link_resource_id: str | None | Unset = UNSET
    group_id: str | None | Unset = UNSET
    request_message: str | None | Unset = UNSET
    status: PrivateEndpointServiceConnectionStatus | str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "private_link_resource_id": Field("privateLinkResourceId", "str"),
        "group_id": Field("groupId", "str"),
        "request_message": Field("requestMessage", "str"),
        "status": Field("status", "enum[PrivateEndpointServiceConnectionStatus]"),
    }
