"""Properties of a workspace."""

from typing import Any, ClassVar

from attrs import define, field

from amlrest._wire.codecs import JSON, LABELS, TEXT
from amlrest._wire.fields import wire
from amlrest.resources.base import Resource


@define(repr=False)
class WorkspaceInfo(Resource):
    """The properties of a workspace.

    Attributes:
        location: region.
        friendly_name: display name.
        description: free text.
        workspace_id: immutable id of the workspace, a GUID.
        discovery_url: URL for the discovery of regional services.
        storage_account: ARM id of the storage account.
        key_vault: ARM id of the key vault.
        application_insights: ARM id of the Application Insights component.
        container_registry: ARM id of the container registry; None before the first image build.
        tags: mapping of strings.
        identity: managed identity, as JSON.
        sku: SKU, as JSON.
    """

    WIRE_MODEL: ClassVar[str] = "WorkspaceProperties"
    KIND: ClassVar[str] = "workspaces"
    LISTED: ClassVar[tuple[str, ...]] = ("name", "location", "friendly_name", "description")

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
