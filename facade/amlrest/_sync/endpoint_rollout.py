# Generated from facade/amlrest/_async/endpoint_rollout.py by `python codegen.py generate`; edit the async source.
"""An endpoint together with its deployments, in the order that keeps requests answered."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from amlrest._runtime import sync as rt
from amlrest.errors import ResourceNotFoundError
from amlrest.resources.traffic import check_plan, check_targets, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from amlrest._http.deadline import Deadline


def deploy(
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
    checked = [(each, rt.in_thread(behind.check, each)) for each in parts]
    there = _find(endpoints, endpoint.name)
    known = [each.name for each in parts]
    if there is not None and endpoint.traffic:
        known += [each.name for each in behind.list(endpoint.name)]
    check_targets(endpoint, known)
    ready = [behind.with_assets(*each) for each in checked]
    first = copy.copy(endpoint)
    first.traffic = None if there is None else serving(there.traffic)
    made = _told(endpoints.create_or_update(first, timeout=deadline.remaining()), on_ready)
    for each in ready:
        _told(behind.write(each, timeout=deadline.remaining()), on_ready)
    if endpoint.traffic is None:
        return endpoints.get(endpoint.name) if ready else made
    return endpoints.set_traffic(endpoint.name, endpoint.traffic, timeout=deadline.remaining())


def _find(endpoints: Any, name: str) -> Any:
    try:
        return endpoints.get(name)
    except ResourceNotFoundError:
        return None


def _told(step: Any, on_ready: Callable[[Any], None] | None) -> Any:
    done = step
    if on_ready is not None:
        on_ready(done)
    return done
