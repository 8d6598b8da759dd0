"""Early termination policies, against sets that were computed by hand."""

from __future__ import annotations

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
