# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""CodeVersions_Delete: DELETE /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/codes/{name}/versions/{version}"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client

_OPERATION = OPERATIONS["CodeVersions_Delete"]


def sync_detailed(
    name: str,
    version: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[Any]:
    """Call CodeVersions_Delete and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "name": name,
            "version": version,
            "api_version": api_version,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
    )


def sync(
    name: str,
    version: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Any:
    """Call CodeVersions_Delete and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        name=name,
        version=version,
        api_version=api_version,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
    ).parsed


async def asyncio_detailed(
    name: str,
    version: str,
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
            "name": name,
            "version": version,
            "api_version": api_version,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
    )


async def asyncio(
    name: str,
    version: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Any:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        name=name,
        version=version,
        api_version=api_version,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
    )
    return response.parsed
