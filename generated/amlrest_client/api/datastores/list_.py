# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Datastores_List: GET /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/datastores"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import DatastorePropertiesResourceArmPaginatedResult

_OPERATION = OPERATIONS["Datastores_List"]


def sync_detailed(
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    skip: str | None | Unset = UNSET,
    count: int | None | Unset = UNSET,
    is_default: bool | None | Unset = UNSET,
    names: Sequence[str] | None | Unset = UNSET,
    search_text: str | None | Unset = UNSET,
    order_by: str | None | Unset = UNSET,
    order_by_asc: bool | None | Unset = UNSET,
) -> Response[DatastorePropertiesResourceArmPaginatedResult]:
    """Call Datastores_List and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "api_version": api_version,
            "skip": skip,
            "count": count,
            "is_default": is_default,
            "names": names,
            "search_text": search_text,
            "order_by": order_by,
            "order_by_asc": order_by_asc,
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
    skip: str | None | Unset = UNSET,
    count: int | None | Unset = UNSET,
    is_default: bool | None | Unset = UNSET,
    names: Sequence[str] | None | Unset = UNSET,
    search_text: str | None | Unset = UNSET,
    order_by: str | None | Unset = UNSET,
    order_by_asc: bool | None | Unset = UNSET,
) -> DatastorePropertiesResourceArmPaginatedResult:
    """Call Datastores_List and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        api_version=api_version,
        skip=skip,
        count=count,
        is_default=is_default,
        names=names,
        search_text=search_text,
        order_by=order_by,
        order_by_asc=order_by_asc,
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
    skip: str | None | Unset = UNSET,
    count: int | None | Unset = UNSET,
    is_default: bool | None | Unset = UNSET,
    names: Sequence[str] | None | Unset = UNSET,
    search_text: str | None | Unset = UNSET,
    order_by: str | None | Unset = UNSET,
    order_by_asc: bool | None | Unset = UNSET,
) -> Response[DatastorePropertiesResourceArmPaginatedResult]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "api_version": api_version,
            "skip": skip,
            "count": count,
            "is_default": is_default,
            "names": names,
            "search_text": search_text,
            "order_by": order_by,
            "order_by_asc": order_by_asc,
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
    skip: str | None | Unset = UNSET,
    count: int | None | Unset = UNSET,
    is_default: bool | None | Unset = UNSET,
    names: Sequence[str] | None | Unset = UNSET,
    search_text: str | None | Unset = UNSET,
    order_by: str | None | Unset = UNSET,
    order_by_asc: bool | None | Unset = UNSET,
) -> DatastorePropertiesResourceArmPaginatedResult:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        api_version=api_version,
        skip=skip,
        count=count,
        is_default=is_default,
        names=names,
        search_text=search_text,
        order_by=order_by,
        order_by_asc=order_by_asc,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
    )
    return response.parsed
