# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Workspaces_Update: PATCH /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import Workspace, WorkspaceUpdateParameters

_OPERATION = OPERATIONS["Workspaces_Update"]


def sync_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: WorkspaceUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> Response[Workspace]:
    """Call Workspaces_Update and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "api_version": api_version,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
        body,
    )


def sync(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: WorkspaceUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> Workspace:
    """Call Workspaces_Update and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        api_version=api_version,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: WorkspaceUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> Response[Workspace]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "api_version": api_version,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
        body,
    )


async def asyncio(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: WorkspaceUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> Workspace:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        api_version=api_version,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
        body=body,
    )
    return response.parsed
