"""Retry decisions: whether to retry a request and after which delay. No I/O, clock or randomness.

The rules are those of azure-core: 408, 429, 500 and 502 to 504 for idempotent methods, 500, 503
and 504 for POST and PATCH, and any error with Retry-After. What must not be processed twice is sent
again only if it was not processed: without a connection, after 429, or after 503 with Retry-After.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

REPEATABLE_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
_RETRY_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
_NON_IDEMPOTENT_STATUSES = frozenset({500, 503, 504})
_THROTTLED, _UNAVAILABLE = 429, 503
_FIRST_ERROR, _FIRST_SERVER_ERROR = 400, 500
_SHORTEST_ATTEMPT = 5.0


class RetryPolicy(NamedTuple):
    """How transient errors are retried: with exponential backoff and jitter.

    The rules are those of azure-core's RetryPolicy.

    Attributes:
        attempts: maximum number of attempts, the first one included.
        total: seconds after the first attempt within which further ones may start.
        base: backoff before the second attempt, in seconds; doubles with each attempt.
        longest: maximum backoff in seconds; a longer Retry-After is honoured.
        unreachable: maximum number of attempts while no connection can be established.
    """

    attempts: int = 8
    total: float = 180.0
    base: float = 0.5
    longest: float = 30.0
    unreachable: int = 4

    def within(self, seconds: float | None) -> RetryPolicy:
        """Return the same pace, with as many attempts as fit into that time; None: unchanged."""
        if seconds is None:
            return self
        return self._replace(attempts=sys.maxsize, total=seconds, unreachable=sys.maxsize)


class Timeouts(NamedTuple):
    """Timeouts of one attempt, in seconds.

    `connect`, `read` and `write` are those of httpx.

    Attributes:
        connect: establishing a connection.
        read: receiving the next chunk of the response.
        write: sending the next chunk of the request.
        total: receiving the whole response.
    """

    connect: float = 10.0
    read: float = 60.0
    write: float = 60.0
    total: float = 300.0

    def within(self, seconds: float | None) -> Timeouts:
        """Return the same, but at most that many seconds, or five if that is more."""
        if seconds is None:
            return self
        longest = max(seconds, _SHORTEST_ATTEMPT)
        return Timeouts(*(min(own, longest) for own in self))

    def patient(self, seconds: float) -> Timeouts:
        """Return the same, but with at least that many seconds for the response."""
        return self._replace(read=max(self.read, seconds), total=max(self.total, seconds))


class Outcome(NamedTuple):
    """The outcome of an attempt.

    Attributes:
        status: the HTTP status, or None when there was no usable response.
        retry_after: seconds of the Retry-After header, or None.
        sent: whether the request may have reached the service.
        permanent: whether another attempt would fail the same way.
    """

    status: int | None
    retry_after: float | None = None
    sent: bool = True
    permanent: bool = False


class Attempt(NamedTuple):
    """An attempt to send a request.

    Attributes:
        number: number of attempts so far, including this one.
        elapsed: seconds since the first attempt started.
        repeatable: whether the request is idempotent.
        at_most_once: whether it is sent again only if it was certainly not processed.
    """

    number: int
    elapsed: float
    repeatable: bool
    at_most_once: bool = False


def retry_delay(
    outcome: Outcome, attempt: Attempt, policy: RetryPolicy, jitter: float
) -> float | None:
    """Return seconds to wait before the next attempt, or None to give up.

    Args:
        outcome: the outcome of the attempt.
        attempt: the attempt.
        policy: the retry policy.
        jitter: a random number in [0, 1), so that many clients do not retry at the same moment.
    """
    most = policy.attempts if outcome.sent else min(policy.attempts, policy.unreachable)
    if attempt.number >= most or not _is_retryable(outcome, attempt):
        return None
    # Retry-After: 0 counts as absent, or it would be retried hundreds of times a second.
    wait = outcome.retry_after or backoff(attempt.number, policy, jitter)
    return wait if attempt.elapsed + wait <= policy.total else None


def backoff(number: int, policy: RetryPolicy, jitter: float) -> float:
    """Return seconds after an attempt: exponential, capped, with jitter of up to half."""
    full = min(policy.longest, policy.base * 2.0 ** min(number - 1, 30))
    return full * (0.5 + jitter / 2)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds of a Retry-After header.

    Args:
        headers: response headers, names in lower case.
        now: seconds since the epoch, for a Retry-After that is a date.

    Returns:
        Seconds, never negative; None without a valid header.
    """
    for name in ("retry-after-ms", "x-ms-retry-after-ms"):
        milliseconds = _number(headers.get(name))
        if milliseconds is not None:
            return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    return seconds if seconds is not None or text is None else _until(text, now)


def may_have_taken_effect(outcome: Outcome) -> bool:
    """Return whether the request may have taken effect although the attempt failed."""
    return outcome.sent if outcome.status is None else outcome.status >= _FIRST_SERVER_ERROR


def _is_retryable(outcome: Outcome, attempt: Attempt) -> bool:
    if outcome.status is None:
        return not outcome.permanent and (attempt.repeatable or not outcome.sent)
    if attempt.at_most_once:
        is_asked = outcome.status == _UNAVAILABLE and outcome.retry_after is not None
        return is_asked or outcome.status == _THROTTLED
    if outcome.status >= _FIRST_ERROR and outcome.retry_after is not None:
        return True
    return outcome.status in (_RETRY_STATUSES if attempt.repeatable else _NON_IDEMPOTENT_STATUSES)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None


def _until(text: str, now: float) -> float | None:
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, OverflowError):
        return None
