# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Operations_List: GET /providers/Microsoft.MachineLearningServices/operations"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import OPERATIONS
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models import OperationListResult

_OPERATION = OPERATIONS["Operations_List"]


def sync_detailed(
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[OperationListResult]:
    """Call Operations_List and return the full response.

    Raises:
        ServiceError: The response is not a documented success.
        ValueError: A path value is empty or would change the path.
    """
    return client.send(
        _OPERATION,
        {
            "api_version": api_version,
        },
    )


def sync(
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> OperationListResult:
    """Call Operations_List and return the parsed body; raise as `sync_detailed` does."""
    return sync_detailed(
        api_version=api_version,
        client=client,
    ).parsed


async def asyncio_detailed(
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[OperationListResult]:
    """Call as `sync_detailed` does, asynchronously."""
    return await client.send_async(
        _OPERATION,
        {
            "api_version": api_version,
        },
    )


async def asyncio(
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> OperationListResult:
    """Call as `sync` does, asynchronously."""
    response = await asyncio_detailed(
        api_version=api_version,
        client=client,
    )
    return response.parsed
