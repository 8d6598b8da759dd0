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
    """Calls Operations_List and returns the whole response.

    Raises:
        ServiceError: The service did not answer with a documented success.
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
    """Calls Operations_List and returns what it answers; raises as `sync_detailed` does."""
    return sync_detailed(
        api_version=api_version,
        client=client,
    ).parsed


async def asyncio_detailed(
    *,
    client: Client,
    api_version: str | None | Unset = UNSET,
) -> Response[OperationListResult]:
    """The same as `sync_detailed`, awaited."""
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
    """The same as `sync`, awaited."""
    response = await asyncio_detailed(
        api_version=api_version,
        client=client,
    )
    return response.parsed
