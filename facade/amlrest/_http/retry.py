"""When to send a request again, and after how long. Decisions only: no clock, no chance.

The rules are those of azure-core: 408, 429, 500 and 502 to 504 for methods that may be repeated,
500, 503 and 504 for POST and PATCH, and any error that carries Retry-After.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

REPEATABLE_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
_STATUSES_ONCE = frozenset({500, 503, 504})
_FIRST_ERROR, _FIRST_SERVER_ERROR = 400, 500
_SHORTEST_ATTEMPT = 5.0


class RetryPolicy(NamedTuple):
    """How patient to be.

    Attributes:
        attempts: how often a request is sent at most.
        total: seconds from the first attempt after which no further one starts.
        base: seconds before the second attempt; doubles with each one.
        longest: seconds between two attempts at most, unless the service asks for more.
        unreachable: how often a host is tried at most that no connection can be made to.
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
    """Seconds one attempt may take.

    Attributes:
        connect: to open a connection.
        read: between two pieces of an answer.
        write: between two pieces of a request.
        total: for an answer as a whole.
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


class Outcome(NamedTuple):
    """How an attempt ended.

    Attributes:
        status: the HTTP status, or None when there was no usable answer.
        retry_after: seconds the service asked to wait, or None.
        sent: whether the request may have reached the service.
        permanent: another attempt would end the same way.
    """

    status: int | None
    retry_after: float | None = None
    sent: bool = True
    permanent: bool = False


class Attempt(NamedTuple):
    """What is known when deciding.

    Attributes:
        number: attempts made, this one included.
        elapsed: seconds since the first attempt began.
        repeatable: sending twice has the effect of sending once.
    """

    number: int
    elapsed: float
    repeatable: bool


def retry_delay(
    outcome: Outcome, attempt: Attempt, policy: RetryPolicy, chance: float
) -> float | None:
    """Decide whether to send again.

    Args:
        outcome: how the attempt ended.
        attempt: which attempt it was.
        policy: how patient to be.
        chance: a random number in [0, 1), so that many clients do not return at once.

    Returns:
        Seconds to wait before the next attempt, or None to give up.
    """
    most = policy.attempts if outcome.sent else min(policy.attempts, policy.unreachable)
    if attempt.number >= most or not _worth_repeating(outcome, attempt.repeatable):
        return None
    # Asking for no wait at all is no wish: it would be obeyed hundreds of times a second.
    wait = outcome.retry_after or backoff(attempt.number, policy, chance)
    return wait if attempt.elapsed + wait <= policy.total else None


def backoff(number: int, policy: RetryPolicy, chance: float) -> float:
    """Seconds after the given attempt: doubling, capped, between half and all of it."""
    full = min(policy.longest, policy.base * 2.0 ** min(number - 1, 30))
    return full * (0.5 + chance / 2)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Read how long the service asks to wait.

    Args:
        headers: response headers, names in lower case.
        now: seconds since the epoch, for a Retry-After that is a date.

    Returns:
        Seconds, never negative, or None when nothing readable was said.
    """
    for name in ("retry-after-ms", "x-ms-retry-after-ms"):
        milliseconds = _number(headers.get(name))
        if milliseconds is not None:
            return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    return seconds if seconds is not None or text is None else _until(text, now)


def may_have_taken_effect(outcome: Outcome) -> bool:
    """Whether a request may have had its effect although the attempt failed."""
    return outcome.sent if outcome.status is None else outcome.status >= _FIRST_SERVER_ERROR


def _worth_repeating(outcome: Outcome, repeatable: bool) -> bool:
    if outcome.status is None:
        return not outcome.permanent and (repeatable or not outcome.sent)
    if outcome.status >= _FIRST_ERROR and outcome.retry_after is not None:
        return True
    return outcome.status in (_STATUSES if repeatable else _STATUSES_ONCE)


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
