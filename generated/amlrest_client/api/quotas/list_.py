# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Quotas_List: GET /subscriptions/{subscriptionId}/providers/Microsoft.MachineLearningServices/locations/{location}/quotas"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import ListWorkspaceQuotas

_OPERATION = OPERATIONS["Quotas_List"]


def sync_detailed(
    subscription_id: str,
    location: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[ListWorkspaceQuotas]:
    """Call Quotas_List and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "api_version": api_version,
            "subscription_id": subscription_id,
            "location": location,
        },
    )


def sync(
    subscription_id: str,
    location: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> ListWorkspaceQuotas:
    """Call Quotas_List and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        api_version=api_version,
        subscription_id=subscription_id,
        location=location,
        client=client,
    ).parsed


async def asyncio_detailed(
    subscription_id: str,
    location: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[ListWorkspaceQuotas]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "api_version": api_version,
            "subscription_id": subscription_id,
            "location": location,
        },
    )


async def asyncio(
    subscription_id: str,
    location: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> ListWorkspaceQuotas:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        api_version=api_version,
        subscription_id=subscription_id,
        location=location,
        client=client,
    )
    return response.parsed
