# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Compute_Update: PATCH /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/computes/{computeName}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import ClusterUpdateParameters, ComputeResource

_OPERATION = OPERATIONS["Compute_Update"]


def sync_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    compute_name: str,
    *,
    client: Client,
    body: ClusterUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> Response[ComputeResource]:
    """Call Compute_Update and return the full response.

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
        body,
    )


def sync(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    compute_name: str,
    *,
    client: Client,
    body: ClusterUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> ComputeResource:
    """Call Compute_Update and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        compute_name=compute_name,
        api_version=api_version,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    compute_name: str,
    *,
    client: Client,
    body: ClusterUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> Response[ComputeResource]:
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
        body,
    )


async def asyncio(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    compute_name: str,
    *,
    client: Client,
    body: ClusterUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> ComputeResource:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        compute_name=compute_name,
        api_version=api_version,
        client=client,
        body=body,
    )
    return response.parsed
