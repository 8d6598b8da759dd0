# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PartialOnlineEndpointPartialTrackedResource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .partial_online_endpoint import PartialOnlineEndpoint
    from .resource_identity import ResourceIdentity


@define(kw_only=True, repr=False, getstate_setstate=False)
class PartialOnlineEndpointPartialTrackedResource(Model):
    """PartialOnlineEndpointPartialTrackedResource."""

    identity: ResourceIdentity | None | Unset = UNSET
    kind: str | None | Unset = UNSET
    location: str | None | Unset = UNSET
    properties: PartialOnlineEndpoint | None | Unset = UNSET
    tags: dict[str, str] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "identity": Field("identity", "ResourceIdentity"),
        "kind": Field("kind", "str"),
        "location": Field("location", "str"),
        "properties": Field("properties", "PartialOnlineEndpoint"),
        "tags": Field("tags", "dict[str]"),
    }
