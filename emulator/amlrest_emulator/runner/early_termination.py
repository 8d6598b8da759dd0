"""Early termination policies of sweeps. No I/O.

https://learn.microsoft.com/azure/machine-learning/how-to-tune-hyperparameters (early termination)

One interval is one logged value of the primary metric.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Goal = Literal["minimize", "maximize"]
Series = Mapping[str, Sequence[float]]


class PolicyError(ValueError):
    """An invalid policy."""


@dataclass(frozen=True, slots=True)
class Policy:
    """An early termination policy.

    Attributes:
        kind: ``Bandit``, ``MedianStopping`` or ``TruncationSelection``.
        interval: number of intervals between evaluations.
        delay: intervals before the first evaluation.
        slack_factor: allowed ratio to the best trial (Bandit).
        slack_amount: allowed distance to the best trial (Bandit).
        percentage: percentage of trials to terminate (TruncationSelection), 1 to 99.
    """

    kind: str
    interval: int = 1
    delay: int = 0
    slack_factor: float | None = None
    slack_amount: float | None = None
    percentage: int = 0


def read_policy(data: Mapping[str, Any]) -> Policy:
    """Return a policy parsed from its JSON form.

    Raises:
        PolicyError: a field is invalid; the message names it.
    """
    policy = Policy(
        kind=data["policyType"],
        interval=data.get("evaluationInterval") or 1,
        delay=data.get("delayEvaluation") or 0,
        slack_factor=data.get("slackFactor") or None,
        slack_amount=data.get("slackAmount") or None,
        percentage=data.get("truncationPercentage") or 0,
    )
    problem = _problem(policy)
    if problem:
        raise PolicyError(f"earlyTermination ({policy.kind}): {problem}.")
    return policy


def _problem(policy: Policy) -> str:
    if policy.kind not in {"Bandit", "MedianStopping", "TruncationSelection"}:
        return "unknown policyType; known: Bandit, MedianStopping, TruncationSelection"
    if policy.interval < 1 or policy.delay < 0:
        return "evaluationInterval must be at least 1 and delayEvaluation at least 0"
    if policy.kind == "Bandit" and (policy.slack_factor is None) == (policy.slack_amount is None):
        return "give exactly one of slackFactor and slackAmount"
    if policy.kind == "Bandit" and (policy.slack_factor or policy.slack_amount or 0.0) < 0:
        return "the slack must not be negative"
    if policy.kind == "TruncationSelection" and not 1 <= policy.percentage <= 99:  # noqa: PLR2004
        return "truncationPercentage must be from 1 to 99"
    return ""


def evaluation_points(policy: Policy, seen: int, logged: int) -> list[int]:
    """Return the intervals after ``seen`` up to ``logged`` at which to evaluate the policy."""
    return [
        point
        for point in range(seen + 1, logged + 1)
        if point % policy.interval == 0 and point >= policy.delay
    ]


def trials_to_terminate(
    policy: Policy, goal: Goal, series: Series, running: Mapping[str, int]
) -> set[str]:
    """Return the trials to terminate; ``running`` maps trials to the interval to evaluate.

    NaN and infinity are intervals without a value. A trial without any value is the worst.
    """
    sign = 1.0 if goal == "maximize" else -1.0
    scores = {name: [sign * value for value in values] for name, values in series.items()}
    decide = {
        "Bandit": _bandit,
        "MedianStopping": _median,
        "TruncationSelection": _truncation,
    }[policy.kind]
    return {name for name, point in running.items() if decide(policy, scores, name, point)}


def _finite(values: Sequence[float]) -> list[float]:
    return [value for value in values if math.isfinite(value)]


def _bests(scores: Series, point: int) -> dict[str, float]:
    """Return the best value of each trial up to ``point``, or so far."""
    logged = {name: values[:point] for name, values in scores.items() if values[:point]}
    return {name: max(_finite(values), default=-math.inf) for name, values in logged.items()}


def _bandit(policy: Policy, scores: Series, name: str, point: int) -> bool:
    bests = _bests(scores, point)
    own, best = bests[name], max(bests.values())
    if policy.slack_amount is not None:
        return own < best - policy.slack_amount
    factor = 1 + (policy.slack_factor or 0.0)
    # Negative scores (minimized metrics) get worse by multiplying, not by dividing.
    return own < (best / factor if best >= 0 else best * factor)


def _median(policy: Policy, scores: Series, name: str, point: int) -> bool:
    del policy
    logged = [_finite(values[:point]) for values in scores.values()]
    # The sum of the values may be too large for a float, the average is not.
    averages = [math.fsum(value / len(values) for value in values) for values in logged if values]
    return bool(averages) and _bests(scores, point)[name] < statistics.median(averages)


def _truncation(policy: Policy, scores: Series, name: str, point: int) -> bool:
    bests = _bests(scores, point)
    count = int(len(bests) * policy.percentage / 100)
    worst = sorted(bests, key=lambda other: bests[other])[:count]
    return name in worst
