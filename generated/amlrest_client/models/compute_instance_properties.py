# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ComputeInstanceProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .application_sharing_policy import ApplicationSharingPolicy
    from .compute_instance_application import ComputeInstanceApplication
    from .compute_instance_authorization_type import ComputeInstanceAuthorizationType
    from .compute_instance_connectivity_endpoints import (
        ComputeInstanceConnectivityEndpoints,
    )
    from .compute_instance_created_by import ComputeInstanceCreatedBy
    from .compute_instance_last_operation import ComputeInstanceLastOperation
    from .compute_instance_ssh_settings import ComputeInstanceSshSettings
    from .compute_instance_state import ComputeInstanceState
    from .compute_schedules import ComputeSchedules
    from .error_response import ErrorResponse
    from .personal_compute_instance_settings import PersonalComputeInstanceSettings
    from .resource_id import ResourceId
    from .setup_scripts import SetupScripts


@define(kw_only=True, repr=False, getstate_setstate=False)
class ComputeInstanceProperties(Model):
    """ComputeInstanceProperties."""

    vm_size: str | None | Unset = UNSET
    subnet: ResourceId | None | Unset = UNSET
    application_sharing_policy: ApplicationSharingPolicy | str | None | Unset = UNSET
    ssh_settings: ComputeInstanceSshSettings | None | Unset = UNSET
    connectivity_endpoints: ComputeInstanceConnectivityEndpoints | None | Unset = UNSET
    applications: list[ComputeInstanceApplication] | None | Unset = UNSET
    created_by: ComputeInstanceCreatedBy | None | Unset = UNSET
    errors: list[ErrorResponse] | None | Unset = UNSET
    state: ComputeInstanceState | str | None | Unset = UNSET
    compute_instance_authorization_type: ComputeInstanceAuthorizationType | str | None | Unset = (
        UNSET
    )
    personal_compute_instance_settings: PersonalComputeInstanceSettings | None | Unset = UNSET
    setup_scripts: SetupScripts | None | Unset = UNSET
    last_operation: ComputeInstanceLastOperation | None | Unset = UNSET
    schedules: ComputeSchedules | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "vm_size": Field("vmSize", "str"),
        "subnet": Field("subnet", "ResourceId"),
        "application_sharing_policy": Field(
            "applicationSharingPolicy", "enum[ApplicationSharingPolicy]"
        ),
        "ssh_settings": Field("sshSettings", "ComputeInstanceSshSettings"),
        "connectivity_endpoints": Field(
            "connectivityEndpoints", "ComputeInstanceConnectivityEndpoints", read_only=True
        ),
        "applications": Field("applications", "list[ComputeInstanceApplication]", read_only=True),
        "created_by": Field("createdBy", "ComputeInstanceCreatedBy", read_only=True),
        "errors": Field("errors", "list[ErrorResponse]", read_only=True),
        "state": Field("state", "enum[ComputeInstanceState]", read_only=True),
        "compute_instance_authorization_type": Field(
            "computeInstanceAuthorizationType", "enum[ComputeInstanceAuthorizationType]"
        ),
        "personal_compute_instance_settings": Field(
            "personalComputeInstanceSettings", "PersonalComputeInstanceSettings"
        ),
        "setup_scripts": Field("setupScripts", "SetupScripts"),
        "last_operation": Field("lastOperation", "ComputeInstanceLastOperation", read_only=True),
        "schedules": Field("schedules", "ComputeSchedules"),
    }
