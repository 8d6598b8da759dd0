# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""BatchEndpoints_Delete: DELETE /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/batchEndpoints/{endpointName}"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client

_OPERATION = OPERATIONS["BatchEndpoints_Delete"]


def sync_detailed(
    endpoint_name: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[Any]:
    """Call BatchEndpoints_Delete and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "endpoint_name": endpoint_name,
            "api_version": api_version,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
    )


def sync(
    endpoint_name: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Any:
    """Call BatchEndpoints_Delete and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        endpoint_name=endpoint_name,
        api_version=api_version,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
    ).parsed


async def asyncio_detailed(
    endpoint_name: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[Any]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "endpoint_name": endpoint_name,
            "api_version": api_version,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
    )


async def asyncio(
    endpoint_name: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Any:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        endpoint_name=endpoint_name,
        api_version=api_version,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
    )
    return response.parsed
