# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AmlComputeProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .allocation_state import AllocationState
    from .error_response import ErrorResponse
    from .node_state_counts import NodeStateCounts
    from .os_type import OsType
    from .remote_login_port_public_access import RemoteLoginPortPublicAccess
    from .resource_id import ResourceId
    from .scale_settings import ScaleSettings
    from .user_account_credentials import UserAccountCredentials
    from .virtual_machine_image import VirtualMachineImage
    from .vm_priority import VmPriority


@define(kw_only=True, repr=False, getstate_setstate=False)
class AmlComputeProperties(Model):
    """AmlComputeProperties."""

    os_type: OsType | str | None | Unset = UNSET
    vm_size: str | None | Unset = UNSET
    vm_priority: VmPriority | str | None | Unset = UNSET
    virtual_machine_image: VirtualMachineImage | None | Unset = UNSET
    isolated_network: bool | None | Unset = UNSET
    scale_settings: ScaleSettings | None | Unset = UNSET
    user_account_credentials: UserAccountCredentials | None | Unset = UNSET
    subnet: ResourceId | None | Unset = UNSET
    remote_login_port_public_access: RemoteLoginPortPublicAccess | str | None | Unset = UNSET
    allocation_state: AllocationState | str | None | Unset = UNSET
    allocation_state_transition_time: str | None | Unset = UNSET
    errors: list[ErrorResponse] | None | Unset = UNSET
    current_node_count: int | None | Unset = UNSET
    target_node_count: int | None | Unset = UNSET
    node_state_counts: NodeStateCounts | None | Unset = UNSET
    enable_node_public_ip: bool | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "os_type": Field("osType", "enum[OsType]"),
        "vm_size": Field("vmSize", "str"),
        "vm_priority": Field("vmPriority", "enum[VmPriority]"),
        "virtual_machine_image": Field("virtualMachineImage", "VirtualMachineImage"),
        "isolated_network": Field("isolatedNetwork", "bool"),
        "scale_settings": Field("scaleSettings", "ScaleSettings"),
        "user_account_credentials": Field("userAccountCredentials", "UserAccountCredentials"),
        "subnet": Field("subnet", "ResourceId"),
        "remote_login_port_public_access": Field(
            "remoteLoginPortPublicAccess", "enum[RemoteLoginPortPublicAccess]"
        ),
        "allocation_state": Field("allocationState", "enum[AllocationState]", read_only=True),
        "allocation_state_transition_time": Field(
            "allocationStateTransitionTime", "str", read_only=True
        ),
        "errors": Field("errors", "list[ErrorResponse]", read_only=True),
        "current_node_count": Field("currentNodeCount", "int", read_only=True),
        "target_node_count": Field("targetNodeCount", "int", read_only=True),
        "node_state_counts": Field("nodeStateCounts", "NodeStateCounts", read_only=True),
        "enable_node_public_ip": Field("enableNodePublicIp", "bool"),
    }
