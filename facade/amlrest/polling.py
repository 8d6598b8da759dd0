"""How a long-running operation or a job is followed to its end. Decisions only.

Azure Resource Manager offers three ways, best first: the operation named by
Azure-AsyncOperation, the address in Location (202 while it runs), and the resource's own
provisioningState. `x-ms-long-running-operation-options` says where the result is afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from amlrest import durations
from amlrest.errors import TransportError
from amlrest.urls import join

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCEPTED = 202
DEFAULT_DEADLINE = 3600.0
_PAUSE_FIRST, _PAUSE_GROWTH, _PAUSE_LONGEST = 0.1, 1.6, 15.0
_LOOK_FIRST, _LOOK_GROWTH, _LOOK_LONGEST, _LOOK_LONGEST_LOCAL = 0.5, 1.3, 10.0, 1.0

State = Literal["Running", "Succeeded", "Failed", "Canceled"]
_ENDS: dict[str, State] = {
    "succeeded": "Succeeded",
    "failed": "Failed",
    "canceled": "Canceled",
    "cancelled": "Canceled",
}


class Seen(NamedTuple):
    """One answer, as far as polling cares.

    Attributes:
        status: the HTTP status.
        headers: names in lower case.
        body: the JSON, or None when there was none.
    """

    status: int
    headers: Mapping[str, str]
    body: Any


class Plan(NamedTuple):
    """How to follow one operation.

    Attributes:
        via: which of the three ways.
        url: what to GET next.
        final_url: what to GET after success, or None when the last answer is the result.
    """

    via: Literal["operation", "location", "resource"]
    url: str
    final_url: str | None = None


class Progress(NamedTuple):
    """Where an operation stands.

    Attributes:
        state: `Running` or how it ended.
        plan: how to go on.
        error: what the service says went wrong.
    """

    state: State
    plan: Plan
    error: Mapping[str, Any] | None = None


def begin(method: str, url: str, final_state_via: str | None, first: Seen) -> Progress:
    """Read the answer that started an operation.

    Args:
        method: the HTTP method that was used.
        url: the URL it was sent to.
        final_state_via: `location`, `azure-async-operation`, another value, or None.
        first: the answer.
    """
    operation_url, location = _link(first, url, "azure-asyncoperation"), _link(first, url)
    if operation_url:
        final_url = _final_url(method, url, final_state_via, location)
        return Progress("Running", Plan("operation", operation_url, final_url))
    if location and first.status in (201, ACCEPTED):
        return Progress("Running", Plan("location", location))
    plan = Plan("resource", url)
    if method not in ("PUT", "PATCH"):
        return Progress("Succeeded", plan)
    if first.status == ACCEPTED and not first.body:
        return Progress("Running", plan)
    return advance(plan, first)


def advance(plan: Plan, seen: Seen) -> Progress:
    """Read the answer to a poll.

    Raises:
        TransportError: the status of the operation cannot be found in it.
    """
    if plan.via == "operation":
        state = _operation_state(seen.body)
        return Progress(state, plan, _error(seen.body) if state != "Succeeded" else None)
    if plan.via == "location":
        moved = plan._replace(url=_link(seen, plan.url) or plan.url)
        return Progress("Running" if seen.status == ACCEPTED else "Succeeded", moved)
    state = _provisioning_state(seen.body)
    return Progress(state, plan, _error(seen.body) if state in ("Failed", "Canceled") else None)


def pause(polls: int, retry_after: float | None) -> float:
    """Seconds to wait before the next poll: what the service asks, or growing steps.

    Args:
        polls: how many polls there were.
        retry_after: seconds the last answer asked for, or None.
    """
    if retry_after:
        return retry_after
    return min(_PAUSE_LONGEST, _PAUSE_FIRST * _PAUSE_GROWTH ** min(polls, 30))


def look_pause(looks: int, *, local: bool) -> float:
    """Seconds to wait before a job is looked at again: growing steps.

    Azure limits how often a workspace is asked; a local workspace does not, so there the end of
    a job is seen within a second.

    Args:
        looks: how many looks there were.
        local: whether the endpoint is on this machine.
    """
    longest = _LOOK_LONGEST_LOCAL if local else _LOOK_LONGEST
    return min(longest, _LOOK_FIRST * _LOOK_GROWTH ** min(looks, 30))


def deadline(headers: Mapping[str, str]) -> float:
    """Seconds to wait at most when the caller named none: the service's limit, or an hour."""
    stated = durations.parse(headers.get("x-ms-async-operation-timeout", ""))
    return stated.total_seconds() if stated else DEFAULT_DEADLINE


def _final_url(method: str, url: str, via: str | None, location: str | None) -> str | None:
    if via == "location" and location:
        return location
    if method in ("PUT", "PATCH"):
        return url
    if method == "POST" and via != "azure-async-operation":
        return location
    return None


def _link(seen: Seen, base: str, header: str = "location") -> str | None:
    link = seen.headers.get(header)
    return join(base, link) if link else None


def _operation_state(body: Any) -> State:
    status = body.get("status") if isinstance(body, dict) else None
    if not isinstance(status, str):
        raise TransportError("the status of a long-running operation is missing from its answer")
    return _ENDS.get(status.lower(), "Running")


def _provisioning_state(body: Any) -> State:
    """An absent state is success, as Azure Resource Manager defines it."""
    properties = body.get("properties") if isinstance(body, dict) else None
    state = properties.get("provisioningState") if isinstance(properties, dict) else None
    return _ENDS.get(state.lower(), "Running") if isinstance(state, str) else "Succeeded"


def _error(body: Any) -> Mapping[str, Any] | None:
    error = body.get("error") if isinstance(body, dict) else None
    return error if isinstance(error, dict) else None
