# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Workspaces_ListBySubscription: GET /subscriptions/{subscriptionId}/providers/Microsoft.MachineLearningServices/workspaces"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import WorkspaceListResult

_OPERATION = OPERATIONS["Workspaces_ListBySubscription"]


def sync_detailed(
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    skip: str | None | Unset = UNSET,
) -> Response[WorkspaceListResult]:
    """Call Workspaces_ListBySubscription and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "api_version": api_version,
            "subscription_id": subscription_id,
            "skip": skip,
        },
    )


def sync(
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    skip: str | None | Unset = UNSET,
) -> WorkspaceListResult:
    """Call Workspaces_ListBySubscription and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        api_version=api_version,
        subscription_id=subscription_id,
        skip=skip,
        client=client,
    ).parsed


async def asyncio_detailed(
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    skip: str | None | Unset = UNSET,
) -> Response[WorkspaceListResult]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "api_version": api_version,
            "subscription_id": subscription_id,
            "skip": skip,
        },
    )


async def asyncio(
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
    skip: str | None | Unset = UNSET,
) -> WorkspaceListResult:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        api_version=api_version,
        subscription_id=subscription_id,
        skip=skip,
        client=client,
    )
    return response.parsed
