"""Early termination policies, against sets that were computed by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest
from amlrest_emulator.runner.early_termination import (
    Goal,
    Policy,
    PolicyError,
    Series,
    evaluation_points,
    read_policy,
    trials_to_terminate,
)


def policy(kind: str, **fields: Any) -> Policy:
    return read_policy({"policyType": kind, **fields})


def ended(rule: Policy, goal: Goal, series: Series, point: int) -> set[str]:
    return trials_to_terminate(rule, goal, series, dict.fromkeys(series, point))


def test_evaluation_points_follow_interval_and_delay() -> None:
    rule = policy("MedianStopping", evaluationInterval=2, delayEvaluation=5)
    assert evaluation_points(rule, 0, 10) == [6, 8, 10]
    assert evaluation_points(rule, 6, 9) == [8]
    assert evaluation_points(policy("MedianStopping"), 0, 3) == [1, 2, 3]


def test_bandit_by_factor_when_maximising() -> None:
    # The documented example: best 0.8 and slack factor 0.2 end runs below 0.8 / 1.2 = 0.667.
    series = {"best": [0.8], "just": [0.67], "below": [0.66]}
    assert ended(policy("Bandit", slackFactor=0.2), "maximize", series, 1) == {"below"}


def test_bandit_by_factor_when_minimising() -> None:
    # Mirrored: best 0.5 and slack factor 0.2 end runs above 0.5 · 1.2 = 0.6.
    series = {"best": [0.5], "just": [0.59], "above": [0.61]}
    assert ended(policy("Bandit", slackFactor=0.2), "minimize", series, 1) == {"above"}


def test_bandit_by_amount_takes_the_own_best() -> None:
    series = {"best": [0.1, 0.9], "came": [0.75, 0.1], "lags": [0.1, 0.6]}
    assert ended(policy("Bandit", slackAmount=0.2), "maximize", series, 2) == {"lags"}


def test_median_stopping() -> None:
    # Averages over 1..2: 0.9, 0.5, 0.4 → median 0.5; own bests: 0.9, 0.6, 0.45.
    series = {"good": [0.9, 0.9], "middle": [0.4, 0.6], "bad": [0.45, 0.35]}
    assert ended(policy("MedianStopping"), "maximize", series, 2) == {"bad"}


def test_median_stopping_when_minimising() -> None:
    series = {"good": [0.1, 0.1], "middle": [0.5, 0.5], "bad": [0.9, 0.8]}
    assert ended(policy("MedianStopping"), "minimize", series, 2) == {"bad"}


def test_truncation_ends_the_worst_share_at_the_same_age() -> None:
    series = {f"t{i}": [i / 10, i / 10] for i in range(10)}
    rule = policy("TruncationSelection", truncationPercentage=20)
    assert ended(rule, "maximize", series, 2) == {"t0", "t1"}
    assert ended(rule, "minimize", series, 2) == {"t9", "t8"}
    assert ended(rule, "maximize", {"only": [0.1]}, 1) == set()


NAN, INF = math.nan, math.inf


@pytest.mark.parametrize("odd", [NAN, INF, -INF])
@pytest.mark.parametrize("goal", ["minimize", "maximize"])
@pytest.mark.parametrize(
    "rule",
    [
        policy("Bandit", slackFactor=0.1),
        policy("Bandit", slackAmount=0.1),
        policy("MedianStopping"),
        policy("TruncationSelection", truncationPercentage=40),
    ],
    ids=lambda rule: rule.kind,
)
def test_nan_and_infinity_are_no_values(rule: Policy, goal: Goal, odd: float) -> None:
    """A trial that logs them ends as the worst, and the others are judged as without it."""
    good, bad = (1.0, 9.0) if goal == "minimize" else (9.0, 1.0)
    for order in (["odd", "good", "bad"], ["good", "bad", "odd"]):
        series = {"odd": [odd, odd], "good": [good, good], "bad": [bad, bad]}
        ordered = {name: series[name] for name in order}
        expected = {"odd"} if rule.kind == "TruncationSelection" else {"odd", "bad"}
        assert ended(rule, goal, ordered, 2) == expected
        late = ordered | {"odd": [odd, good]}
        assert ended(rule, goal, late, 2) == {"bad"}


def test_trials_without_a_value_do_not_end_each_other() -> None:
    series = {"a": [NAN], "b": [INF]}
    for rule in (policy("Bandit", slackFactor=0.1), policy("MedianStopping")):
        assert ended(rule, "minimize", series, 1) == set()


def test_averages_of_large_values() -> None:
    series = {"good": [1.0, 1.0], "middle": [1e3, 1e3], "bad": [1.7e308, 1.7e308]}
    assert ended(policy("MedianStopping"), "minimize", series, 2) == {"bad"}


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"policyType": "Bandit"}, "slackFactor and slackAmount"),
        ({"policyType": "Bandit", "slackFactor": 0.1, "slackAmount": 1}, "exactly one"),
        ({"policyType": "Bandit", "slackFactor": -0.1}, "negative"),
        ({"policyType": "TruncationSelection"}, "1 to 99"),
        ({"policyType": "TruncationSelection", "truncationPercentage": 100}, "1 to 99"),
        ({"policyType": "MedianStopping", "evaluationInterval": -1}, "evaluationInterval"),
        ({"policyType": "Guess"}, "unknown policyType"),
    ],
)
def test_unusable_policies_are_refused(fields: dict[str, Any], part: str) -> None:
    with pytest.raises(PolicyError) as raised:
        read_policy(fields)
    assert part in str(raised.value)
