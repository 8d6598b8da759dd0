# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AksNetworkingConfiguration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class AksNetworkingConfiguration(Model):
    """AksNetworkingConfiguration."""

    subnet_id: str | None | Unset = UNSET
    service_cidr: str | None | Unset = UNSET
    dns_service_ip: str | None | Unset = UNSET
    docker_bridge_cidr: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "subnet_id": Field("subnetId", "str"),
        "service_cidr": Field("serviceCidr", "str"),
        "dns_service_ip": Field("dnsServiceIP", "str"),
        "docker_bridge_cidr": Field("dockerBridgeCidr", "str"),
    }
