# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Compute_Stop: POST /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/computes/{computeName}/stop"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client

_OPERATION = OPERATIONS["Compute_Stop"]


def sync_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    compute_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[Any]:
    """Call Compute_Stop and return the full response.

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
            "compute_name": compute_name,
            "api_version": api_version,
        },
    )


def sync(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    compute_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Any:
    """Call Compute_Stop and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        compute_name=compute_name,
        api_version=api_version,
        client=client,
    ).parsed


async def asyncio_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    compute_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[Any]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
            "compute_name": compute_name,
            "api_version": api_version,
        },
    )


async def asyncio(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    compute_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Any:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        compute_name=compute_name,
        api_version=api_version,
        client=client,
    )
    return response.parsed
