"""An endpoint together with its deployments, in the order that keeps requests answered."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from amlrest._runtime import aio as rt
from amlrest.errors import ResourceNotFoundError
from amlrest.resources.traffic import check_plan, check_targets, serving

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from amlrest._http.deadline import Deadline


async def deploy(
    endpoints: Any,
    behind: Any,
    endpoint: Any,
    deployments: Sequence[Any],
    *,
    deadline: Deadline,
    on_ready: Callable[[Any], None] | None,
) -> Any:
    """Write an endpoint, then its deployments, then its traffic.

    An endpoint that is there keeps its traffic until the deployments are ready; one whose traffic
    is None keeps it afterwards as well.

    Args:
        endpoints: the noun that reads and writes endpoints.
        behind: the noun that reads and writes their deployments.
        endpoint: how it is to be.
        deployments: how they are to be.
        deadline: for all steps together.
        on_ready: told of each one that is ready.
    """
    parts = check_plan(endpoint, deployments)
    checked = [(each, await rt.in_thread(behind.check, each)) for each in parts]
    there = await _find(endpoints, endpoint.name)
    known = [each.name for each in parts]
    if there is not None and endpoint.traffic:
        known += [each.name async for each in behind.list(endpoint.name)]
    check_targets(endpoint, known)
    ready = [await behind.with_assets(*each) for each in checked]
    first = copy.copy(endpoint)
    first.traffic = None if there is None else serving(there.traffic)
    made = await _told(endpoints.create_or_update(first, timeout=deadline.remaining()), on_ready)
    for each in ready:
        await _told(behind.write(each, timeout=deadline.remaining()), on_ready)
    if endpoint.traffic is None:
        return await endpoints.get(endpoint.name) if ready else made
    return await endpoints.set_traffic(
        endpoint.name, endpoint.traffic, timeout=deadline.remaining()
    )


async def _find(endpoints: Any, name: str) -> Any:
    try:
        return await endpoints.get(name)
    except ResourceNotFoundError:
        return None


async def _told(step: Awaitable[Any], on_ready: Callable[[Any], None] | None) -> Any:
    done = await step
    if on_ready is not None:
        on_ready(done)
    return done
