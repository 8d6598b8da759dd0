# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""LabelingJobs_CreateOrUpdate: PUT /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/labelingJobs/{id}"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import LabelingJobResource

_OPERATION = OPERATIONS["LabelingJobs_CreateOrUpdate"]


def sync_detailed(
    id: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: LabelingJobResource,
    api_version: str | None | Unset = UNSET,
) -> Response[LabelingJobResource]:
    """Calls LabelingJobs_CreateOrUpdate and returns the whole response.

    Raises:
        ServiceError: The service did not answer with a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "id": id,
            "api_version": api_version,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
        body,
    )


def sync(
    id: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: LabelingJobResource,
    api_version: str | None | Unset = UNSET,
) -> LabelingJobResource:
    """Calls LabelingJobs_CreateOrUpdate and returns what it answers; raises as `sync_detailed` does."""
    return sync_detailed(
        id=id,
        api_version=api_version,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    id: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: LabelingJobResource,
    api_version: str | None | Unset = UNSET,
) -> Response[LabelingJobResource]:
    """The same as `sync_detailed`, awaited."""
    return await client.send_async(
        _OPERATION,
        {
            "id": id,
            "api_version": api_version,
            "subscription_id": subscription_id,
            "resource_group_name": resource_group_name,
            "workspace_name": workspace_name,
        },
        body,
    )


async def asyncio(
    id: str,
    subscription_id: str,
    resource_group_name: str,
    workspace_name: str,
    *,
    client: Client,
    body: LabelingJobResource,
    api_version: str | None | Unset = UNSET,
) -> LabelingJobResource:
    """The same as `sync`, awaited."""
    response = await asyncio_detailed(
        id=id,
        api_version=api_version,
        subscription_id=subscription_id,
        resource_group_name=resource_group_name,
        workspace_name=workspace_name,
        client=client,
        body=body,
    )
    return response.parsed
