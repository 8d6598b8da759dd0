"""Handlers of workspaces: keys, default datastore and the permanent workspace."""

from __future__ import annotations

import uuid
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.arm_errors import conflict, refuse
from amlrest_emulator.context import Context
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles, presents
from amlrest_emulator.handlers.datastores import add_default_datastore
from amlrest_emulator.json_body import merge, part
from amlrest_emulator.state import Resource


@presents(f"{names.PROVIDER}/workspaces")
def _present(context: Context, _resource: Resource, body: dict[str, Any]) -> dict[str, Any]:
    """Add the URLs of discovery and tracking, which depend on the port."""
    properties = {
        **part(body, "properties"),
        "discoveryUrl": f"{context.endpoint}{names.DISCOVERY_PATH}",
        "mlFlowTrackingUri": context.tracking_uri,
    }
    return {**body, "properties": properties}


@presents(f"{names.PROVIDER}/workspaces/connections")
def _present_connection(
    context: Context, resource: Resource, body: dict[str, Any]
) -> dict[str, Any]:
    """Add the value of the first shape; the service does not return credentials."""
    value = part(context.state.secrets(resource.id), "properties").get("value")
    return body if value is None else merge(body, {"properties": {"value": value}})


@handles("Workspaces_CreateOrUpdate")
def create(call: Call) -> Reply:
    """Create or replace a workspace; a new one gets its own default datastore."""
    name = call.values["workspaceName"]
    if not 3 <= len(name) <= 33:  # noqa: PLR2004
        raise refuse("workspaceName", f"{name!r} must have 3 to 33 characters", "InvalidName")
    call.parts.public.setdefault("properties", {})
    old = call.context.state.get(call.resource_id)
    guid = old.body["properties"]["workspaceId"] if old else str(uuid.uuid4())
    with call.context.state.transaction():
        reply = crud.put(call, {"properties": {"workspaceId": guid}})
        if old is None:
            container = f"{names.DEFAULT_CONTAINER}-{guid}"
            add_default_datastore(call.context, call.resource_id, container)
    return reply


@handles("Workspaces_Delete")
def delete(call: Call) -> Reply:
    """Delete a workspace, unless it is the permanent one."""
    if call.resource_id.lower() == call.context.identity.workspace_id.lower():
        message = "The local workspace cannot be deleted; stop it and delete its state folder."
        raise conflict(message, call.resource_id, "CannotDeleteLocalWorkspace")
    return crud.delete(call)


@handles("Workspaces_ListBySubscription")
def list_by_subscription(call: Call) -> Reply:
    """List the workspaces of a subscription."""
    scope = f"/subscriptions/{call.values['subscriptionId']}/"
    found = call.context.state.of_type(call.resource_type, scope)
    return Reply(200, {"value": [crud.represent(call.context, call.edge, item) for item in found]})


@handles("Workspaces_ListStorageAccountKeys")
def list_storage_account_keys(call: Call) -> Reply:
    """Return the key of the storage account."""
    call.resource()
    return Reply(200, {"userStorageKey": call.context.identity.account_key})


@handles("Workspaces_ListKeys")
def list_keys(call: Call) -> Reply:
    """Return the keys of the resources of a workspace: its storage account."""
    workspace, identity = call.resource(), call.context.identity
    group = workspace.id.partition("/providers/")[0]
    storage = f"{group}/providers/Microsoft.Storage/storageAccounts/{identity.account_name}"
    return Reply(200, {"userStorageKey": identity.account_key, "userStorageResourceId": storage})
