"""Polling of long-running operations and jobs: read states, choose delays. No I/O.

Azure Resource Manager offers three ways to poll, in order of preference: the URL in
Azure-AsyncOperation, the URL in Location (202 while the operation runs), and the resource's own
provisioningState. `x-ms-long-running-operation-options` names the source of the final result.
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
    UnreadableResponseError,
    UntrustedUrlError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amlrest._http.messages import Response

ACCEPTED = 202
_CREATED, _REQUEST_TIMEOUT = 201, 408
_DEFAULT_TIMEOUT = 3600.0
_DELAY_FIRST, _DELAY_GROWTH, _DELAY_LONGEST = 0.1, 1.6, 15.0
_JOB_DELAY_FIRST, _JOB_DELAY_GROWTH, _JOB_DELAY_LONGEST, _JOB_DELAY_LONGEST_LOCAL = (
    0.5,
    1.3,
    10.0,
    1.0,
)

State = Literal["Running", "Succeeded", "Failed", "Canceled"]
_TERMINAL_STATES: dict[str, State] = {
    "succeeded": "Succeeded",
    "failed": "Failed",
    "canceled": "Canceled",
    "cancelled": "Canceled",
}


class Plan(NamedTuple):
    """How to poll one operation.

    Attributes:
        via: which of the three ways.
        url: the URL to GET next.
        final_url: the URL to GET after success; None when the last response is the result.
    """

    via: Literal["operation", "location", "resource"]
    url: str
    final_url: str | None = None


class OperationStatus(NamedTuple):
    """The status of an operation.

    Attributes:
        state: `Running` or the terminal state.
        plan: how to continue polling.
        error: the error that the service reports, or None.
    """

    state: State
    plan: Plan
    error: Mapping[str, Any] | None = None


def read_initial_response(
    method: str, url: str, final_state_via: str | None, first: Response
) -> OperationStatus:
    """Return the status that the initial response of an operation reports.

    Args:
        method: the HTTP method of the request.
        url: the URL of the request.
        final_state_via: `location`, `azure-async-operation`, another value, or None.
        first: the initial response.
    """
    operation_url, location = _link(first, url, "azure-asyncoperation"), _link(first, url)
    if operation_url:
        final_url = _final_url(method, url, final_state_via, location)
        return OperationStatus("Running", Plan("operation", operation_url, final_url))
    if location and first.status in (201, ACCEPTED):
        return OperationStatus("Running", Plan("location", location))
    plan = Plan("resource", url)
    if method not in ("PUT", "PATCH"):
        return OperationStatus("Succeeded", plan)
    if first.status == ACCEPTED or (first.status == _CREATED and not first.json()):
        return OperationStatus("Running", plan)
    return read_poll_response(plan, first)


def read_poll_response(plan: Plan, response: Response) -> OperationStatus:
    """Return the status that the response to a poll reports.

    Raises:
        TransportError: the response does not contain the status.
    """
    if plan.via == "operation":
        return _progress(_operation_state(response), plan, response)
    if plan.via == "location":
        plan = plan._replace(url=_link(response, plan.url) or plan.url)
        return _progress(_location_state(response), plan, response)
    return _progress(_provisioning_state(response.json()), plan, response)


def poll_delay(polls: int, retry_after: float | None) -> float:
    """Return seconds before the next poll: the service's Retry-After, or growing steps.

    Args:
        polls: number of polls so far.
        retry_after: seconds of the last response's Retry-After, or None.
    """
    if retry_after:
        return retry_after
    return min(_DELAY_LONGEST, _DELAY_FIRST * _DELAY_GROWTH ** min(polls, 30))


def job_poll_delay(polls: int, *, local: bool) -> float:
    """Return seconds before the next poll of a job: growing steps.

    Azure limits the request rate of a workspace; a local workspace does not, so its jobs are
    polled at least once a second.

    Args:
        polls: number of polls so far.
        local: whether the endpoint is a loopback address.
    """
    longest = _JOB_DELAY_LONGEST_LOCAL if local else _JOB_DELAY_LONGEST
    return min(longest, _JOB_DELAY_FIRST * _JOB_DELAY_GROWTH ** min(polls, 30))


def operation_timeout(headers: Mapping[str, str]) -> float:
    """Return the default timeout in seconds: the one the service states, or an hour."""
    stated = _durations.parse(headers.get("x-ms-async-operation-timeout", ""))
    return stated.total_seconds() if stated else _DEFAULT_TIMEOUT


def is_transient(error: AmlrestError) -> bool:
    """Return whether a later poll may succeed."""
    if isinstance(error, ServiceError) and error.status == _REQUEST_TIMEOUT:
        return True
    transient = isinstance(error, TransportError | ServerError | ThrottledError)
    return transient and not isinstance(error, UntrustedUrlError)


class PollErrorPolicy:
    """Whether to continue polling a job after a poll that failed.

    Before the first success only throttling is tolerated, or a wrong endpoint would be polled
    forever. Afterwards transient errors are, for `outage` seconds in a row, and for `total` seconds
    also a credential that returns no token, as happens when the network is down, and responses that
    cannot be read, as those of a proxy that answers everything with a web page.

    Args:
        seen: whether the job is known to exist.
        total: total seconds of the retry policy.
        outage: seconds without a successful poll after which the host counts as gone.
    """

    def __init__(self, *, seen: bool, total: float, outage: float) -> None:
        self._seen = seen
        self._total = total
        self._outage = outage
        self._since: float | None = None

    def limit(self, deadline: Deadline) -> Deadline:
        """Return the deadline for retries of one poll; none leaves it to the retry policy.

        Args:
            deadline: the deadline of the whole wait.
        """
        return deadline if self._seen or deadline.limit(self._total) < self._total else NO_DEADLINE

    def reset(self) -> None:
        """Record a successful poll."""
        self._seen, self._since = True, None

    def tolerates(self, error: AmlrestError, now: float) -> bool:
        """Return whether to poll again.

        Args:
            error: the error of the poll.
            now: seconds of a monotonic clock.
        """
        if not self._seen:
            return isinstance(error, ThrottledError)
        self._since = now if self._since is None else self._since
        if isinstance(error, UnreadableResponseError) or (
            isinstance(error, AuthenticationError) and not isinstance(error, ServiceError)
        ):
            return now - self._since < self._total
        return is_transient(error) and now - self._since < self._outage

    def is_gone(self, now: float) -> bool:
        """Return whether the host counts as gone: it has answered, and no longer does.

        Args:
            now: seconds of a monotonic clock.
        """
        return self._seen and self._since is not None and now - self._since >= self._outage


def _final_url(method: str, url: str, via: str | None, location: str | None) -> str | None:
    if via == "location" and location:
        return location
    if method in ("PUT", "PATCH"):
        return url
    if method == "POST" and via != "azure-async-operation":
        return location
    return None


def _link(response: Response, base: str, header: str = "location") -> str | None:
    link = response.headers.get(header)
    return join(base, link) if link else None


def _progress(state: State, plan: Plan, response: Response) -> OperationStatus:
    return OperationStatus(
        state, plan, _error(response.json()) if state in ("Failed", "Canceled") else None
    )


def _operation_state(response: Response) -> State:
    status = look_up(response.json(), ("status",))
    if not isinstance(status, str):
        raise UnreadableResponseError(
            "the response of a long-running operation has no status "
            f"[client request id {response.request.request_id}]",
            request_id=response.request.request_id,
        )
    return _TERMINAL_STATES.get(status.lower(), "Running")


def _location_state(response: Response) -> State:
    """Any status but 202 is terminal; the returned resource may still report a failure."""
    if response.status == ACCEPTED:
        return "Running"
    state = _provisioning_state(response.json())
    return "Succeeded" if state == "Running" else state


def _provisioning_state(body: Any) -> State:
    """A missing state means success, as Azure Resource Manager defines it."""
    state = look_up(body, ("properties", "provisioningState"))
    return _TERMINAL_STATES.get(state.lower(), "Running") if isinstance(state, str) else "Succeeded"


def _error(body: Any) -> Mapping[str, Any] | None:
    """Return the error of an operation, or a compute's `provisioningErrors`."""
    reported = look_up(body, ("error",))
    if isinstance(reported, str):
        return {"message": reported}
    listed = look_up(body, ("properties", "provisioningErrors"))
    found = [
        reported,
        *(look_up(each, ("error",)) for each in listed or () if isinstance(listed, list)),
    ]
    errors = [each for each in found if isinstance(each, dict)]
    if not errors:
        return None
    first, *others = errors
    details = first.get("details")
    return {**first, "details": [*(details if isinstance(details, list) else ()), *others]}
