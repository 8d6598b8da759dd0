# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""OnlineEndpoints_List: GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/onlineEndpoints"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import (
        EndpointComputeType,
        OnlineEndpointTrackedResourceArmPaginatedResult,
        OrderString,
    )

_OPERATION = OPERATIONS["OnlineEndpoints_List"]


def sync_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    name: str | None | Unset = UNSET,
    count: int | None | Unset = UNSET,
    compute_type: EndpointComputeType | str | None | Unset = UNSET,
    skip: str | None | Unset = UNSET,
    tags: str | None | Unset = UNSET,
    properties: str | None | Unset = UNSET,
    order_by: OrderString | str | None | Unset = UNSET,
) -> Response[OnlineEndpointTrackedResourceArmPaginatedResult]:
    """Call OnlineEndpoints_List and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "api_version": api_version,
            "name": name,
            "count": count,
            "compute_type": compute_type,
            "skip": skip,
            "tags": tags,
            "properties": properties,
            "order_by": order_by,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
    )


def sync(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    name: str | None | Unset = UNSET,
    count: int | None | Unset = UNSET,
    compute_type: EndpointComputeType | str | None | Unset = UNSET,
    skip: str | None | Unset = UNSET,
    tags: str | None | Unset = UNSET,
    properties: str | None | Unset = UNSET,
    order_by: OrderString | str | None | Unset = UNSET,
) -> OnlineEndpointTrackedResourceArmPaginatedResult:
    """Call OnlineEndpoints_List and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        api_version=api_version,
        name=name,
        count=count,
        compute_type=compute_type,
        skip=skip,
        tags=tags,
        properties=properties,
        order_by=order_by,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
    ).parsed


async def asyncio_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    name: str | None | Unset = UNSET,
    count: int | None | Unset = UNSET,
    compute_type: EndpointComputeType | str | None | Unset = UNSET,
    skip: str | None | Unset = UNSET,
    tags: str | None | Unset = UNSET,
    properties: str | None | Unset = UNSET,
    order_by: OrderString | str | None | Unset = UNSET,
) -> Response[OnlineEndpointTrackedResourceArmPaginatedResult]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "api_version": api_version,
            "name": name,
            "count": count,
            "compute_type": compute_type,
            "skip": skip,
            "tags": tags,
            "properties": properties,
            "order_by": order_by,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
    )


async def asyncio(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    name: str | None | Unset = UNSET,
    count: int | None | Unset = UNSET,
    compute_type: EndpointComputeType | str | None | Unset = UNSET,
    skip: str | None | Unset = UNSET,
    tags: str | None | Unset = UNSET,
    properties: str | None | Unset = UNSET,
    order_by: OrderString | str | None | Unset = UNSET,
) -> OnlineEndpointTrackedResourceArmPaginatedResult:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        api_version=api_version,
        name=name,
        count=count,
        compute_type=compute_type,
        skip=skip,
        tags=tags,
        properties=properties,
        order_by=order_by,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
    )
    return response.parsed
