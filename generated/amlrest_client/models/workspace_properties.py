# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""WorkspaceProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .encryption_property import EncryptionProperty
    from .notebook_resource_info import NotebookResourceInfo
    from .private_endpoint_connection import PrivateEndpointConnection
    from .provisioning_state import ProvisioningState
    from .service_managed_resources_settings import ServiceManagedResourcesSettings
    from .shared_private_link_resource import SharedPrivateLinkResource


@define(kw_only=True, repr=False, getstate_setstate=False)
class WorkspaceProperties(Model):
    """WorkspaceProperties."""

    workspace_id: str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    friendly_name: str | None | Unset = UNSET
    key_vault: str | None | Unset = UNSET
    application_insights: str | None | Unset = UNSET
    container_registry: str | None | Unset = UNSET
    storage_account: str | None | Unset = UNSET
    discovery_url: str | None | Unset = UNSET
    provisioning_state: ProvisioningState | str | None | Unset = UNSET
    encryption: EncryptionProperty | None | Unset = UNSET
    hbi_workspace: bool | None | Unset = UNSET
    service_provisioned_resource_group: str | None | Unset = UNSET
    private_link_count: int | None | Unset = UNSET
    image_build_compute: str | None | Unset = UNSET
    allow_public_access_when_behind_vnet: bool | None | Unset = UNSET
    private_endpoint_connections: list[PrivateEndpointConnection] | None | Unset = UNSET
    shared_private_link_resources: list[SharedPrivateLinkResource] | None | Unset = UNSET
    notebook_info: NotebookResourceInfo | None | Unset = UNSET
    service_managed_resources_settings: ServiceManagedResourcesSettings | None | Unset = UNSET
    primary_user_assigned_identity: str | None | Unset = UNSET
    tenant_id: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "workspace_id": Field("workspaceId", "str", read_only=True),
        "description": Field("description", "str"),
        "friendly_name": Field("friendlyName", "str"),
        "key_vault": Field("keyVault", "str"),
        "application_insights": Field("applicationInsights", "str"),
        "container_registry": Field("containerRegistry", "str", nullable=True),
        "storage_account": Field("storageAccount", "str"),
        "discovery_url": Field("discoveryUrl", "str"),
        "provisioning_state": Field("provisioningState", "enum[ProvisioningState]", read_only=True),
        "encryption": Field("encryption", "EncryptionProperty"),
        "hbi_workspace": Field("hbiWorkspace", "bool"),
        "service_provisioned_resource_group": Field(
            "serviceProvisionedResourceGroup", "str", read_only=True
        ),
        "private_link_count": Field("privateLinkCount", "int", read_only=True),
        "image_build_compute": Field("imageBuildCompute", "str"),
        "allow_public_access_when_behind_vnet": Field("allowPublicAccessWhenBehindVnet", "bool"),
        "private_endpoint_connections": Field(
            "privateEndpointConnections", "list[PrivateEndpointConnection]", read_only=True
        ),
        "shared_private_link_resources": Field(
            "sharedPrivateLinkResources", "list[SharedPrivateLinkResource]"
        ),
        "notebook_info": Field("notebookInfo", "NotebookResourceInfo", read_only=True),
        "service_managed_resources_settings": Field(
            "serviceManagedResourcesSettings", "ServiceManagedResourcesSettings"
        ),
        "primary_user_assigned_identity": Field("primaryUserAssignedIdentity", "str"),
        "tenant_id": Field("tenantId", "str", read_only=True),
    }
