# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Datastores_CreateOrUpdate: PUT /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/datastores/{name}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import DatastorePropertiesResource

_OPERATION = OPERATIONS["Datastores_CreateOrUpdate"]


def sync_detailed(
    name: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: DatastorePropertiesResource,
    api_version: str | None | Unset = UNSET,
    skip_validation: bool | None | Unset = UNSET,
) -> Response[DatastorePropertiesResource]:
    """Call Datastores_CreateOrUpdate and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "name": name,
            "api_version": api_version,
            "skip_validation": skip_validation,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
        body,
    )


def sync(
    name: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: DatastorePropertiesResource,
    api_version: str | None | Unset = UNSET,
    skip_validation: bool | None | Unset = UNSET,
) -> DatastorePropertiesResource:
    """Call Datastores_CreateOrUpdate and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        name=name,
        api_version=api_version,
        skip_validation=skip_validation,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    name: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: DatastorePropertiesResource,
    api_version: str | None | Unset = UNSET,
    skip_validation: bool | None | Unset = UNSET,
) -> Response[DatastorePropertiesResource]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "name": name,
            "api_version": api_version,
            "skip_validation": skip_validation,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
        body,
    )


async def asyncio(
    name: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: DatastorePropertiesResource,
    api_version: str | None | Unset = UNSET,
    skip_validation: bool | None | Unset = UNSET,
) -> DatastorePropertiesResource:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        name=name,
        api_version=api_version,
        skip_validation=skip_validation,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
        body=body,
    )
    return response.parsed
