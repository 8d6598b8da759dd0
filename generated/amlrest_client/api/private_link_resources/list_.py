# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PrivateLinkResources_List: GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/privateLinkResources"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import PrivateLinkResourceListResult

_OPERATION = OPERATIONS["PrivateLinkResources_List"]


def sync_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[PrivateLinkResourceListResult]:
    """Calls PrivateLinkResources_List and returns the whole response.

    Raises:
        ServiceError: The service did not answer with a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
            "api_version": api_version,
        },
    )


def sync(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> PrivateLinkResourceListResult:
    """Calls PrivateLinkResources_List and returns what it answers; raises as `sync_detailed` does."""
    return sync_detailed(
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        api_version=api_version,
        client=client,
    ).parsed


async def asyncio_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[PrivateLinkResourceListResult]:
    """The same as `sync_detailed`, awaited."""
    return await client.send_async(
        _OPERATION,
        {
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
            "api_version": api_version,
        },
    )


async def asyncio(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> PrivateLinkResourceListResult:
    """The same as `sync`, awaited."""
    response = await asyncio_detailed(
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        api_version=api_version,
        client=client,
    )
    return response.parsed
