# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PrivateEndpointConnections_CreateOrUpdate: PUT /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/privateEndpointConnections/{privateEndpointConnectionName}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import PrivateEndpointConnection

_OPERATION = OPERATIONS["PrivateEndpointConnections_CreateOrUpdate"]


def sync_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    private_endpoint_connection_name: str,
    *,
    client: Client,
    body: PrivateEndpointConnection,
    api_version: str | None | Unset = UNSET,
) -> Response[PrivateEndpointConnection]:
    """Call PrivateEndpointConnections_CreateOrUpdate and return the full response.

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
            "private_endpoint_connection_name": private_endpoint_connection_name,
            "api_version": api_version,
        },
        body,
    )


def sync(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    private_endpoint_connection_name: str,
    *,
    client: Client,
    body: PrivateEndpointConnection,
    api_version: str | None | Unset = UNSET,
) -> PrivateEndpointConnection:
    """Call PrivateEndpointConnections_CreateOrUpdate and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        private_endpoint_connection_name=private_endpoint_connection_name,
        api_version=api_version,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    private_endpoint_connection_name: str,
    *,
    client: Client,
    body: PrivateEndpointConnection,
    api_version: str | None | Unset = UNSET,
) -> Response[PrivateEndpointConnection]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
            "private_endpoint_connection_name": private_endpoint_connection_name,
            "api_version": api_version,
        },
        body,
    )


async def asyncio(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    private_endpoint_connection_name: str,
    *,
    client: Client,
    body: PrivateEndpointConnection,
    api_version: str | None | Unset = UNSET,
) -> PrivateEndpointConnection:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        private_endpoint_connection_name=private_endpoint_connection_name,
        api_version=api_version,
        client=client,
        body=body,
    )
    return response.parsed
