"""Endpoint rollout: write an endpoint, its deployments and its traffic without downtime."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from amlrest._runtime import aio as rt
from amlrest.errors import ResourceNotFoundError
from amlrest.resources.traffic import check_deployments, check_traffic_targets, nonzero_traffic

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from amlrest._http.deadline import Deadline


async def deploy(
    endpoints: Any,
    deployments: Any,
    endpoint: Any,
    wanted: Sequence[Any],
    *,
    deadline: Deadline,
    on_ready: Callable[[Any], None] | None,
) -> Any:
    """Write an endpoint, then its deployments, then its traffic.

    An existing endpoint keeps its traffic until the deployments are ready, and also afterwards if
    the endpoint's traffic is None.

    Args:
        endpoints: the collection of endpoints.
        deployments: the collection of their deployments.
        endpoint: to create or update.
        wanted: deployments to create or replace.
        deadline: for all steps together.
        on_ready: called with each resource that is ready.
    """
    parts = check_deployments(endpoint, wanted)
    checked = [(each, await rt.in_thread(deployments.check, each)) for each in parts]
    existing = await _find(endpoints, endpoint.name)
    known = [each.name for each in parts]
    if existing is not None and endpoint.traffic:
        known += [each.name async for each in deployments.list(endpoint.name)]
    check_traffic_targets(endpoint, known)
    ready = [await deployments.with_assets(*each) for each in checked]
    first = copy.copy(endpoint)
    first.traffic = None if existing is None else nonzero_traffic(existing.traffic)
    written = await _reported(
        endpoints.create_or_update(first, timeout=deadline.remaining()), on_ready
    )
    for each in ready:
        await _reported(deployments.put(each, timeout=deadline.remaining()), on_ready)
    if endpoint.traffic is None:
        return await endpoints.get(endpoint.name) if ready else written
    return await endpoints.set_traffic(
        endpoint.name, endpoint.traffic, timeout=deadline.remaining()
    )


async def _find(endpoints: Any, name: str) -> Any:
    try:
        return await endpoints.get(name)
    except ResourceNotFoundError:
        return None


async def _reported(step: Awaitable[Any], on_ready: Callable[[Any], None] | None) -> Any:
    done = await step
    if on_ready is not None:
        on_ready(done)
    return done
