# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""WorkspaceConnections_List: GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/connections"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import PaginatedWorkspaceConnectionsList

_OPERATION = OPERATIONS["WorkspaceConnections_List"]


def sync_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    target: str | None | Unset = UNSET,
    category: str | None | Unset = UNSET,
) -> Response[PaginatedWorkspaceConnectionsList]:
    """Call WorkspaceConnections_List and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
            "api_version": api_version,
            "target": target,
            "category": category,
        },
    )


def sync(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    target: str | None | Unset = UNSET,
    category: str | None | Unset = UNSET,
) -> PaginatedWorkspaceConnectionsList:
    """Call WorkspaceConnections_List and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        api_version=api_version,
        target=target,
        category=category,
        client=client,
    ).parsed


async def asyncio_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    target: str | None | Unset = UNSET,
    category: str | None | Unset = UNSET,
) -> Response[PaginatedWorkspaceConnectionsList]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
            "api_version": api_version,
            "target": target,
            "category": category,
        },
    )


async def asyncio(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    target: str | None | Unset = UNSET,
    category: str | None | Unset = UNSET,
) -> PaginatedWorkspaceConnectionsList:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        api_version=api_version,
        target=target,
        category=category,
        client=client,
    )
    return response.parsed
