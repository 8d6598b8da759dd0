"""Traces of early termination against a reading of the documents that shares no code.

"Tune hyperparameters": an interval is one logging of the primary metric; a policy is applied at
every multiple of evaluation_interval that is greater than or equal to delay_evaluation.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from amlrest_emulator.runner.early_termination import (
    Goal,
    evaluation_points,
    read_policy,
    trials_to_terminate,
)
from hypothesis import given
from hypothesis import strategies as st

Trace = dict[str, int]


def replay(policy: dict[str, Any], goal: Goal, curves: dict[str, list[float]]) -> Trace:
    """Return the interval at which each trial ends, if all log in turn and are checked at once."""
    rule = read_policy(policy)
    series: dict[str, list[float]] = {}
    ended: Trace = {}
    for interval in range(max(map(len, curves.values()))):
        for name, curve in curves.items():
            if name in ended or interval >= len(curve):
                continue
            series.setdefault(name, []).append(curve[interval])
            for point in evaluation_points(rule, interval, interval + 1):
                if name in trials_to_terminate(rule, goal, series, {name: point}):
                    ended[name] = point
    return ended


def documented(policy: dict[str, Any], goal: Goal, curves: dict[str, list[float]]) -> Trace:
    """The same by the words of the documents, for a metric that is maximized; mirrored if not."""
    sign = 1 if goal == "maximize" else -1
    best = max if goal == "maximize" else min
    every, delay = policy.get("evaluationInterval", 1), policy.get("delayEvaluation", 0)
    logged: dict[str, list[float]] = {}
    ended: Trace = {}
    for interval in range(1, 1 + max(map(len, curves.values()))):
        for name, curve in curves.items():
            if name in ended or len(curve) < interval:
                continue
            logged.setdefault(name, []).append(curve[interval - 1])
            if interval % every or interval < delay:
                continue
            bests = {n: best(values[:interval]) for n, values in logged.items()}
            if policy["policyType"] == "Bandit":
                # "the ratio of the allowed distance from the best performing training run"
                top = best(bests.values())
                if "slackFactor" in policy:
                    slack = 1 + policy["slackFactor"]
                    limit = top / slack if sign * top >= 0 else top * slack
                else:
                    limit = top - sign * policy["slackAmount"]
                stop = sign * bests[name] < sign * limit
            elif policy["policyType"] == "MedianStopping":
                # The limit is "the median of the running averages over intervals 1:N".
                averages = [np.mean(values[:interval]) for values in logged.values()]
                stop = sign * bests[name] < sign * np.median(averages)
            else:
                # "cancels the given percentage of runs that rank the lowest"
                ranks = sorted(logged, key=lambda n: sign * bests[n])
                stop = name in ranks[: len(ranks) * policy["truncationPercentage"] // 100]
            if stop:
                ended[name] = interval
    return ended


POLICIES = st.one_of(
    st.fixed_dictionaries(
        {"policyType": st.just("Bandit"), "slackFactor": st.sampled_from([0.25, 0.5, 1.0])}
    ),
    st.fixed_dictionaries(
        {"policyType": st.just("Bandit"), "slackAmount": st.sampled_from([1.0, 8.0])}
    ),
    st.just({"policyType": "MedianStopping"}),
    st.fixed_dictionaries(
        {
            "policyType": st.just("TruncationSelection"),
            "truncationPercentage": st.sampled_from([20, 25, 50, 75]),
        }
    ),
)
# Powers of two and their sums: exact, so that both ways of computing round alike.
VALUES = st.integers(-64, 64).map(float)
CURVES = st.dictionaries(
    st.sampled_from([f"t{i}" for i in range(6)]),
    st.lists(VALUES, min_size=1, max_size=8),
    min_size=1,
)


@given(
    POLICIES,
    st.sampled_from([{}, {"evaluationInterval": 1}, {"evaluationInterval": 3}]),
    st.sampled_from([{}, {"delayEvaluation": 2}, {"delayEvaluation": 5}]),
    st.sampled_from(["minimize", "maximize"]),
    CURVES,
)
def test_traces_are_those_of_the_documents(
    policy: dict[str, Any],
    interval: dict[str, int],
    delay: dict[str, int],
    goal: Goal,
    curves: dict[str, list[float]],
) -> None:
    rule = policy | interval | delay
    if policy["policyType"] == "MedianStopping":
        curves = {name: [round(v / 4) * 4.0 for v in values] for name, values in curves.items()}
    assert replay(rule, goal, curves) == documented(rule, goal, curves)


GOOD = [0.5, 0.6, 0.7, 0.8, 0.8, 0.8]
SLOW = [0.1, 0.2, 0.5, 0.7, 0.8, 0.9]
FLAT = [0.4, 0.4, 0.4, 0.4, 0.4, 0.4]
BAD = [0.3, 0.2, 0.1, 0.1, 0.1, 0.1]
CURVE = {"good": GOOD, "slow": SLOW, "flat": FLAT, "bad": BAD}


@pytest.mark.parametrize(
    ("policy", "trace"),
    [
        # 0.8 / 1.2 = 0.667 at interval 4; at 2 and 3 the best is 0.6 and 0.7.
        (
            {"policyType": "Bandit", "slackFactor": 0.2, "evaluationInterval": 2},
            {"slow": 2, "flat": 2, "bad": 2},
        ),
        (
            {"policyType": "Bandit", "slackFactor": 0.2, "delayEvaluation": 4},
            {"flat": 4, "bad": 4},
        ),
        # 0.7 - 0.35 at interval 3, 0.8 - 0.35 at 4.
        (
            {"policyType": "Bandit", "slackAmount": 0.35, "delayEvaluation": 3},
            {"bad": 3, "flat": 4},
        ),
        # Averages to interval 5: 0.68, 0.46, 0.4, 0.16, median 0.43: above are 0.8 and 0.8.
        (
            {"policyType": "MedianStopping", "evaluationInterval": 5},
            {"flat": 5, "bad": 5},
        ),
        # The lowest quarter of 4 is one, which is the same one later too.
        (
            {
                "policyType": "TruncationSelection",
                "truncationPercentage": 25,
                "evaluationInterval": 1,
                "delayEvaluation": 4,
            },
            {"bad": 4},
        ),
    ],
    ids=["interval", "delay", "amount", "median", "truncation"],
)
def test_traces_computed_by_hand(policy: dict[str, Any], trace: Trace) -> None:
    assert replay(policy, "maximize", CURVE) == trace
    mirrored = {name: [1 - value for value in curve] for name, curve in CURVE.items()}
    if "slackFactor" not in policy:
        assert replay(policy, "minimize", mirrored) == trace
