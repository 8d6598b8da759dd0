"""What a local workspace has from the start."""

import os
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.context import Context
from amlrest_emulator.engine.crud import store
from amlrest_emulator.engine.mutability import merge
from amlrest_emulator.handlers import computes

_WORKSPACES = f"{names.PROVIDER}/workspaces"


def seed(context: Context) -> None:
    """Make the workspace, its default datastore and its compute, unless they are there."""
    identity = context.identity
    if context.state.get(identity.workspace_id) is None:
        store(context, identity.workspace_id, _WORKSPACES, _workspace(context))
    add_default_datastore(context, identity.workspace_id, names.DEFAULT_CONTAINER)
    compute_id = f"{identity.workspace_id}/computes/{names.DEFAULT_COMPUTE}"
    if context.state.get(compute_id) is None:
        store(context, compute_id, f"{_WORKSPACES}/computes", _compute(context))
    context.blobs.ensure_container(names.RUN_CONTAINER)


def add_default_datastore(context: Context, workspace_id: str, container: str) -> None:
    """Give a workspace its default datastore in the local storage account."""
    datastore_id = f"{workspace_id}/datastores/{names.DEFAULT_DATASTORE}"
    context.blobs.ensure_container(container)
    if context.state.get(datastore_id) is None:
        secret = {"secretsType": "AccountKey", "key": context.identity.account_key}
        with context.state.transaction():
            store(context, datastore_id, f"{_WORKSPACES}/datastores", _datastore(container))
            context.state.put_secrets(
                datastore_id, {"properties": {"contents": {"credentials": {"secrets": secret}}}}
            )


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


def _datastore(container: str) -> dict[str, Any]:
    return {
        "properties": {
            "contents": {
                "contentsType": "AzureBlob",
                "accountName": names.STORAGE_ACCOUNT,
                "containerName": container,
                "credentials": {"credentialsType": "AccountKey"},
            },
            "hasBeenValidated": True,
            "isDefault": True,
        }
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
    return merge(body, computes.service_fields(context, "AmlCompute"))
