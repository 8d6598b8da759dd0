# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""VirtualMachineSizes_List: GET /subscriptions/{subscriptionId}/providers/Microsoft.MachineLearningServices/locations/{location}/vmSizes"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import VirtualMachineSizeListResult

_OPERATION = OPERATIONS["VirtualMachineSizes_List"]


def sync_detailed(
    location: str,
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[VirtualMachineSizeListResult]:
    """Call VirtualMachineSizes_List and return the full response.

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
    )


def sync(
    location: str,
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> VirtualMachineSizeListResult:
    """Call VirtualMachineSizes_List and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        location=location,
        api_version=api_version,
        subscription_id=subscription_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    location: str,
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[VirtualMachineSizeListResult]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "location": location,
            "api_version": api_version,
            "subscription_id": subscription_id,
        },
    )


async def asyncio(
    location: str,
    subscription_id: str,
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> VirtualMachineSizeListResult:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        location=location,
        api_version=api_version,
        subscription_id=subscription_id,
        client=client,
    )
    return response.parsed
