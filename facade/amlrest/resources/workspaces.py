"""What a workspace says of itself."""

from typing import Any, ClassVar

from attrs import define, field

from amlrest._wire.codecs import JSON, LABELS, TEXT
from amlrest._wire.fields import wire
from amlrest.resources.base import Resource


@define(repr=False)
class WorkspaceInfo(Resource):
    """A workspace as a resource.

    Attributes:
        location: region.
        friendly_name: name for people.
        description: free text.
        workspace_id: the service's own id for it.
        discovery_url: where its regional services are found.
        storage_account: ARM id.
        key_vault: ARM id.
        application_insights: ARM id.
        container_registry: ARM id; None until an image was built.
        tags: text by text.
        identity: managed identity, as the service gives it.
        sku: as the service gives it.
    """

    WIRE_MODEL: ClassVar[str] = "WorkspaceProperties"
    KIND: ClassVar[str] = "workspaces"

    name: str | None = None
    location: str | None = field(default=None, kw_only=True, metadata=wire("/location", TEXT))
    friendly_name: str | None = field(
        default=None, kw_only=True, metadata=wire("friendlyName", TEXT)
    )
    description: str | None = field(default=None, kw_only=True, metadata=wire("description", TEXT))
    workspace_id: str | None = field(default=None, kw_only=True, metadata=wire("workspaceId", TEXT))
    discovery_url: str | None = field(
        default=None, kw_only=True, metadata=wire("discoveryUrl", TEXT)
    )
    storage_account: str | None = field(
        default=None, kw_only=True, metadata=wire("storageAccount", TEXT)
    )
    key_vault: str | None = field(default=None, kw_only=True, metadata=wire("keyVault", TEXT))
    application_insights: str | None = field(
        default=None, kw_only=True, metadata=wire("applicationInsights", TEXT)
    )
    container_registry: str | None = field(
        default=None, kw_only=True, metadata=wire("containerRegistry", TEXT)
    )
    tags: dict[str, str] | None = field(default=None, kw_only=True, metadata=wire("/tags", LABELS))
    identity: dict[str, Any] | None = field(
        default=None, kw_only=True, metadata=wire("/identity", JSON)
    )
    sku: dict[str, Any] | None = field(default=None, kw_only=True, metadata=wire("/sku", JSON))
