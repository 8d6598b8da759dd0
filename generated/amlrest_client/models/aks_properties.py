# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AKSProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .aks_networking_configuration import AksNetworkingConfiguration
    from .cluster_purpose import ClusterPurpose
    from .load_balancer_type import LoadBalancerType
    from .ssl_configuration import SslConfiguration
    from .system_service import SystemService


@define(kw_only=True, repr=False, getstate_setstate=False)
class AKSProperties(Model):
    """AKSProperties."""

    cluster_fqdn: str | None | Unset = UNSET
    system_services: list[SystemService] | None | Unset = UNSET
    agent_count: int | None | Unset = UNSET
    agent_vm_size: str | None | Unset = UNSET
    cluster_purpose: ClusterPurpose | str | None | Unset = UNSET
    ssl_configuration: SslConfiguration | None | Unset = UNSET
    aks_networking_configuration: AksNetworkingConfiguration | None | Unset = UNSET
    load_balancer_type: LoadBalancerType | str | None | Unset = UNSET
    load_balancer_subnet: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "cluster_fqdn": Field("clusterFqdn", "str"),
        "system_services": Field("systemServices", "list[SystemService]", read_only=True),
        "agent_count": Field("agentCount", "int"),
        "agent_vm_size": Field("agentVmSize", "str"),
        "cluster_purpose": Field("clusterPurpose", "enum[ClusterPurpose]"),
        "ssl_configuration": Field("sslConfiguration", "SslConfiguration"),
        "aks_networking_configuration": Field(
            "aksNetworkingConfiguration", "AksNetworkingConfiguration"
        ),
        "load_balancer_type": Field("loadBalancerType", "enum[LoadBalancerType]"),
        "load_balancer_subnet": Field("loadBalancerSubnet", "str"),
    }
