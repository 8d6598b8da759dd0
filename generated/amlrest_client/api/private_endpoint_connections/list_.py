# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PrivateEndpointConnections_List: GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/privateEndpointConnections"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import PrivateEndpointConnectionListResult

_OPERATION = OPERATIONS["PrivateEndpointConnections_List"]


def sync_detailed(
    resource_group_name: str,
    workspace_name: str,
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[PrivateEndpointConnectionListResult]:
    """Call PrivateEndpointConnections_List and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
            "api_version": api_version,
            "subscription_id": subscription_id,
        },
    )


def sync(
    resource_group_name: str,
    workspace_name: str,
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> PrivateEndpointConnectionListResult:
    """Call PrivateEndpointConnections_List and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        api_version=api_version,
        subscription_id=subscription_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    resource_group_name: str,
    workspace_name: str,
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[PrivateEndpointConnectionListResult]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
            "api_version": api_version,
            "subscription_id": subscription_id,
        },
    )


async def asyncio(
    resource_group_name: str,
    workspace_name: str,
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> PrivateEndpointConnectionListResult:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        api_version=api_version,
        subscription_id=subscription_id,
        client=client,
    )
    return response.parsed
