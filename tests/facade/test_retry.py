"""Retry rules, compared with azure-core's own policy where it has one."""

from email.utils import formatdate
from typing import Any

import pytest
from amlrest._http.retry import (
    REPEATABLE_METHODS,
    Attempt,
    Outcome,
    RetryPolicy,
    Timeouts,
    backoff,
    retry_after,
    retry_delay,
)
from azure.core.pipeline.policies import RetryPolicy as AzureRetryPolicy
from azure.core.pipeline.transport import HttpRequest
from hypothesis import given
from hypothesis import strategies as st

METHODS = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "POST", "PATCH"]
policies = st.builds(
    RetryPolicy,
    attempts=st.integers(1, 20),
    total=st.floats(0, 1000),
    base=st.floats(0.01, 10),
    longest=st.floats(0.01, 100),
)
outcomes = st.builds(
    Outcome,
    st.none() | st.integers(200, 599),
    st.none() | st.floats(0, 1000),
    sent=st.booleans(),
    permanent=st.booleans(),
)
attempts = st.builds(Attempt, st.integers(1, 30), st.floats(0, 2000), st.booleans())
chances = st.floats(0, 1, exclude_max=True)


class _Answered:
    """As much of a pipeline response as azure-core's rule looks at."""

    def __init__(self, method: str, status: int, headers: dict[str, str]) -> None:
        self.http_request = HttpRequest(method, "https://x")
        self.http_response = self
        self.status_code = status
        self.headers = headers


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("asks", [True, False])
def test_the_same_statuses_are_repeated_as_by_azure_core(method: str, asks: bool) -> None:
    peer = AzureRetryPolicy()
    settings = peer.configure_retries({})
    for status in range(200, 506):
        headers = {"Retry-After": "1"} if asks else {}
        answered: Any = _Answered(method, status, headers)
        theirs = peer.is_retry(settings, answered)
        ours = retry_delay(
            Outcome(status, 1.0 if asks else None),
            Attempt(1, 0.0, method in REPEATABLE_METHODS),
            RetryPolicy(),
            0.0,
        )
        if method in ("POST", "PATCH") and not asks:
            # azure-core repeats these on 500, 503 and 504.
            assert (ours is not None) == (status in (500, 503, 504))
        elif status < 400:
            assert ours is None
        else:
            assert (ours is not None) == bool(theirs), status


@given(outcomes, attempts, policies, chances)
def test_what_must_not_happen_twice_is_sent_again_only_if_it_did_not_happen(
    outcome: Outcome, attempt: Attempt, policy: RetryPolicy, chance: float
) -> None:
    once = attempt._replace(repeatable=False, at_most_once=True)
    if retry_delay(outcome, once, policy, chance) is not None:
        asked = outcome.status == 503 and outcome.retry_after is not None
        refused = asked or outcome.status == 429
        assert refused or (outcome.status is None and not outcome.sent)


@given(outcomes, attempts, policies, chances)
def test_a_wait_never_leaves_the_budget(
    outcome: Outcome, attempt: Attempt, policy: RetryPolicy, chance: float
) -> None:
    wait = retry_delay(outcome, attempt, policy, chance)
    if wait is not None:
        assert wait >= 0
        assert attempt.elapsed + wait <= policy.total
        assert attempt.number < policy.attempts
        assert outcome.status is None or outcome.status >= 400
        assert not (outcome.status is None and outcome.permanent)
        if outcome.retry_after:
            assert wait == outcome.retry_after


def test_a_service_that_asks_for_no_wait_is_not_asked_without_end() -> None:
    policy = RetryPolicy().within(60)
    waits = [retry_delay(Outcome(503, 0.0), Attempt(n, 0, True), policy, 0) for n in (1, 9)]
    assert waits == [0.25, 15.0]


@given(policies, st.integers(1, 200), chances)
def test_the_pause_doubles_up_to_its_cap(policy: RetryPolicy, number: int, chance: float) -> None:
    full = min(policy.longest, policy.base * 2 ** (number - 1))
    assert full / 2 <= backoff(number, policy, chance) <= full


@given(attempts, policies, chances)
def test_a_post_that_may_have_arrived_is_not_sent_again(
    attempt: Attempt, policy: RetryPolicy, chance: float
) -> None:
    once = attempt._replace(repeatable=False)
    assert retry_delay(Outcome(None, sent=True), once, policy, chance) is None


def test_a_request_that_never_left_is_sent_again_whatever_its_method() -> None:
    assert retry_delay(Outcome(None, sent=False), Attempt(1, 0, False), RetryPolicy(), 0) == 0.25


def test_a_host_nobody_answers_on_is_given_up_sooner() -> None:
    policy = RetryPolicy()
    unreachable = Outcome(None, sent=False)
    assert retry_delay(unreachable, Attempt(3, 0, True), policy, 0) is not None
    assert retry_delay(unreachable, Attempt(4, 0, True), policy, 0) is None
    assert retry_delay(unreachable, Attempt(400, 0, True), policy.within(1e6), 0) is not None


@given(st.builds(Timeouts, *[st.floats(0.001, 1000)] * 4), st.floats(-10, 1000))
def test_an_attempt_takes_no_longer_than_what_is_left_or_five_seconds(
    timeouts: Timeouts, left: float
) -> None:
    for own, limit in zip(timeouts, timeouts.within(left), strict=True):
        assert limit == own or limit == max(left, 5) < own


@given(st.integers(0, 10**6), st.integers(1, 2 * 10**9))
def test_retry_after_as_a_date_is_the_time_until_then(seconds: int, now: int) -> None:
    headers = {"retry-after": formatdate(now + seconds, usegmt=True)}
    assert retry_after(headers, float(now)) == seconds


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"x-ms-retry-after-ms": "1500"}, 1.5),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "Mon, 01 Jan 2001 00:00:00 GMT"}, 0.0),
        ({}, None),
    ],
)
def test_what_the_service_asks_for_is_read(headers: dict[str, str], expected: float | None) -> None:
    assert retry_after(headers, 2_000_000_000.0) == expected
