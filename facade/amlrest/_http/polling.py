"""How a long-running operation or a job is followed to its end. Decisions only.

Azure Resource Manager offers three ways, best first: the operation named by
Azure-AsyncOperation, the address in Location (202 while it runs), and the resource's own
provisioningState. `x-ms-long-running-operation-options` says where the result is afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from amlrest import _durations
from amlrest._http.deadline import NO_DEADLINE, Deadline
from amlrest._urls import join
from amlrest._wire.fields import look_up
from amlrest.errors import (
    AmlrestError,
    AuthenticationError,
    ServerError,
    ServiceError,
    ThrottledError,
    TransportError,
    UntrustedUrlError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCEPTED = 202
_CREATED, _REQUEST_TIMEOUT = 201, 408
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


class PollResponse(NamedTuple):
    """One answer, as far as polling cares.

    Attributes:
        status: the HTTP status.
        headers: names in lower case.
        body: the JSON, or None when there was none.
        request_id: the `x-ms-client-request-id` it answers, or None.
    """

    status: int
    headers: Mapping[str, str]
    body: Any
    request_id: str | None = None


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


class OperationProgress(NamedTuple):
    """Where an operation stands.

    Attributes:
        state: `Running` or how it ended.
        plan: how to go on.
        error: what the service says went wrong.
    """

    state: State
    plan: Plan
    error: Mapping[str, Any] | None = None


def read_first(
    method: str, url: str, final_state_via: str | None, first: PollResponse
) -> OperationProgress:
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
        return OperationProgress("Running", Plan("operation", operation_url, final_url))
    if location and first.status in (201, ACCEPTED):
        return OperationProgress("Running", Plan("location", location))
    plan = Plan("resource", url)
    if method not in ("PUT", "PATCH"):
        return OperationProgress("Succeeded", plan)
    if first.status == ACCEPTED or (first.status == _CREATED and not first.body):
        return OperationProgress("Running", plan)
    return read_poll(plan, first)


def read_poll(plan: Plan, seen: PollResponse) -> OperationProgress:
    """Read the answer to a poll.

    Raises:
        TransportError: the status of the operation cannot be found in it.
    """
    if plan.via == "operation":
        return _progress(_operation_state(seen), plan, seen)
    if plan.via == "location":
        plan = plan._replace(url=_link(seen, plan.url) or plan.url)
        return _progress(_location_state(seen), plan, seen)
    return _progress(_provisioning_state(seen.body), plan, seen)


def poll_delay(polls: int, retry_after: float | None) -> float:
    """Seconds to wait before the next poll: what the service asks, or growing steps.

    Args:
        polls: how many polls there were.
        retry_after: seconds the last answer asked for, or None.
    """
    if retry_after:
        return retry_after
    return min(_PAUSE_LONGEST, _PAUSE_FIRST * _PAUSE_GROWTH ** min(polls, 30))


def job_poll_delay(looks: int, *, local: bool) -> float:
    """Seconds to wait before a job is looked at again: growing steps.

    Azure limits how often a workspace is asked; a local workspace does not, so there the end of
    a job is seen within a second.

    Args:
        looks: how many looks there were.
        local: whether the endpoint is on this machine.
    """
    longest = _LOOK_LONGEST_LOCAL if local else _LOOK_LONGEST
    return min(longest, _LOOK_FIRST * _LOOK_GROWTH ** min(looks, 30))


def operation_timeout(headers: Mapping[str, str]) -> float:
    """Seconds to wait at most when the caller named none: the service's limit, or an hour."""
    stated = _durations.parse(headers.get("x-ms-async-operation-timeout", ""))
    return stated.total_seconds() if stated else DEFAULT_DEADLINE


def is_transient(error: AmlrestError) -> bool:
    """Whether what went wrong with one look may be over by the next."""
    if isinstance(error, ServiceError) and error.status == _REQUEST_TIMEOUT:
        return True
    transient = isinstance(error, TransportError | ServerError | ThrottledError)
    return transient and not isinstance(error, UntrustedUrlError)


class PollErrorPolicy:
    """Whether to go on looking at a job after a look that failed.

    Nothing is excused before the job was seen once, or a wrong endpoint would be waited for without
    end. Afterwards what passes is, and for a while also a credential without a token, as it
    happens when the network is away.

    Args:
        seen: whether the job is known to be there.
        total: seconds that the policy is patient for, and with a credential too.
    """

    def __init__(self, *, seen: bool, total: float) -> None:
        self._seen = seen
        self._total = total
        self._since: float | None = None

    def limit(self, deadline: Deadline) -> Deadline:
        """Return until when to retry one look: the wait's deadline, or none for the policy's total.

        Args:
            deadline: of the whole wait.
        """
        return deadline if self._seen or deadline.limit(self._total) < self._total else NO_DEADLINE

    def reset(self) -> None:
        """Take note that a look has worked."""
        self._seen, self._since = True, None

    def tolerates(self, error: AmlrestError, now: float) -> bool:
        """Whether to look again.

        Args:
            error: why the look failed.
            now: seconds on a clock that only goes forward.
        """
        if not self._seen:
            return isinstance(error, ThrottledError)
        self._since = now if self._since is None else self._since
        if isinstance(error, AuthenticationError) and not isinstance(error, ServiceError):
            return now - self._since < self._total
        return is_transient(error)


def _final_url(method: str, url: str, via: str | None, location: str | None) -> str | None:
    if via == "location" and location:
        return location
    if method in ("PUT", "PATCH"):
        return url
    if method == "POST" and via != "azure-async-operation":
        return location
    return None


def _link(seen: PollResponse, base: str, header: str = "location") -> str | None:
    link = seen.headers.get(header)
    return join(base, link) if link else None


def _progress(state: State, plan: Plan, seen: PollResponse) -> OperationProgress:
    return OperationProgress(
        state, plan, _error(seen.body) if state in ("Failed", "Canceled") else None
    )


def _operation_state(seen: PollResponse) -> State:
    status = look_up(seen.body, ("status",))
    if not isinstance(status, str):
        raise TransportError(
            "the status of a long-running operation is missing from its answer "
            f"[client request id {seen.request_id}]",
            request_id=seen.request_id,
        )
    return _ENDS.get(status.lower(), "Running")


def _location_state(seen: PollResponse) -> State:
    """Any status but 202 is the end; the resource that then comes may say that it is a bad one."""
    if seen.status == ACCEPTED:
        return "Running"
    state = _provisioning_state(seen.body)
    return "Succeeded" if state == "Running" else state


def _provisioning_state(body: Any) -> State:
    """An absent state is success, as Azure Resource Manager defines it."""
    state = look_up(body, ("properties", "provisioningState"))
    return _ENDS.get(state.lower(), "Running") if isinstance(state, str) else "Succeeded"


def _error(body: Any) -> Mapping[str, Any] | None:
    """What went wrong, as an operation says it, or a compute by its `provisioningErrors`."""
    said = look_up(body, ("error",))
    if isinstance(said, str):
        return {"message": said}
    listed = look_up(body, ("properties", "provisioningErrors"))
    found = [
        said,
        *(look_up(each, ("error",)) for each in listed or () if isinstance(listed, list)),
    ]
    errors = [each for each in found if isinstance(each, dict)]
    if not errors:
        return None
    first, *others = errors
    details = first.get("details")
    return {**first, "details": [*(details if isinstance(details, list) else ()), *others]}
