"""Initial resources of a local workspace."""

from __future__ import annotations

import os
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.context import Context
from amlrest_emulator.engine.crud import store
from amlrest_emulator.handlers.computes import service_fields
from amlrest_emulator.handlers.datastores import add_artifact_datastore, add_default_datastore
from amlrest_emulator.json_body import merge

_WORKSPACES = f"{names.PROVIDER}/workspaces"


def seed(context: Context) -> None:
    """Create the workspace, its datastores and its compute unless they exist."""
    identity = context.identity
    if context.state.get(identity.workspace_id) is None:
        store(context, identity.workspace_id, _WORKSPACES, _workspace(context))
    add_default_datastore(context, identity.workspace_id, names.DEFAULT_CONTAINER)
    add_artifact_datastore(context, identity.workspace_id)
    compute_id = f"{identity.workspace_id}/computes/{names.DEFAULT_COMPUTE}"
    if context.state.get(compute_id) is None:
        store(context, compute_id, f"{_WORKSPACES}/computes", _compute(context))


def _workspace(context: Context) -> dict[str, Any]:
    identity = context.identity
    return {
        "location": identity.location,
        "properties": {
            "workspaceId": identity.workspace_guid,
            "friendlyName": identity.workspace_name,
            "provisioningState": "Succeeded",
        },
    }


def _compute(context: Context) -> dict[str, Any]:
    nodes = os.cpu_count() or 1
    scale = {"minNodeCount": nodes, "maxNodeCount": nodes}
    settings = {"osType": "Linux", "scaleSettings": scale}
    body: dict[str, Any] = {
        "location": context.identity.location,
        "properties": {
            "computeType": "AmlCompute",
            "provisioningState": "Succeeded",
            "properties": settings,
        },
    }
    return merge(body, service_fields(context, "AmlCompute"))
