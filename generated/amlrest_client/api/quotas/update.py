# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Quotas_Update: POST /subscriptions/{subscriptionId}/providers/Microsoft.MachineLearningServices/locations/{location}/updateQuotas"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import QuotaUpdateParameters, UpdateWorkspaceQuotasResult

_OPERATION = OPERATIONS["Quotas_Update"]


def sync_detailed(
    location: str,
    subscription_id: str,
    *,
    client: Client,
    body: QuotaUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> Response[UpdateWorkspaceQuotasResult]:
    """Call Quotas_Update and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "location": location,
            "api_version": api_version,
            "subscription_id": subscription_id,
        },
        body,
    )


def sync(
    location: str,
    subscription_id: str,
    *,
    client: Client,
    body: QuotaUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> UpdateWorkspaceQuotasResult:
    """Call Quotas_Update and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        location=location,
        api_version=api_version,
        subscription_id=subscription_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    location: str,
    subscription_id: str,
    *,
    client: Client,
    body: QuotaUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> Response[UpdateWorkspaceQuotasResult]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "location": location,
            "api_version": api_version,
            "subscription_id": subscription_id,
        },
        body,
    )


async def asyncio(
    location: str,
    subscription_id: str,
    *,
    client: Client,
    body: QuotaUpdateParameters,
    api_version: str | None | Unset = UNSET,
) -> UpdateWorkspaceQuotasResult:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        location=location,
        api_version=api_version,
        subscription_id=subscription_id,
        client=client,
        body=body,
    )
    return response.parsed
