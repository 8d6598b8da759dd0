"""Early termination policies ("Tune hyperparameters", early termination); decisions are pure.

One interval is one logging of the primary metric. All series are given so that larger is better
or smaller is better as ``goal`` says.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Goal = Literal["minimize", "maximize"]
Series = Mapping[str, Sequence[float]]


class PolicyError(ValueError):
    """A policy whose fields cannot be acted on."""


@dataclass(frozen=True, slots=True)
class Policy:
    """An early termination policy.

    Attributes:
        kind: ``Bandit``, ``MedianStopping`` or ``TruncationSelection``.
        interval: number of intervals between evaluations.
        delay: intervals before the first evaluation.
        slack_factor: allowed ratio to the best (Bandit).
        slack_amount: allowed distance to the best (Bandit).
        percentage: share of trials to end (TruncationSelection), 1 to 99.
    """

    kind: str
    interval: int = 1
    delay: int = 0
    slack_factor: float | None = None
    slack_amount: float | None = None
    percentage: int = 0


def read_policy(data: Mapping[str, Any]) -> Policy:
    """Read the wire form of a policy.

    Raises:
        PolicyError: names the field that is wrong.
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
        return "evaluationInterval is at least 1 and delayEvaluation at least 0"
    if policy.kind == "Bandit" and (policy.slack_factor is None) == (policy.slack_amount is None):
        return "exactly one of slackFactor and slackAmount is to be given"
    if policy.kind == "Bandit" and (policy.slack_factor or policy.slack_amount or 0.0) < 0:
        return "the slack is not negative"
    if policy.kind == "TruncationSelection" and not 1 <= policy.percentage <= 99:  # noqa: PLR2004
        return "truncationPercentage is from 1 to 99"
    return ""


def evaluation_points(policy: Policy, seen: int, logged: int) -> list[int]:
    """Return the intervals after ``seen`` up to ``logged`` at which the policy is evaluated."""
    return [
        point
        for point in range(seen + 1, logged + 1)
        if point % policy.interval == 0 and point >= policy.delay
    ]


def trials_to_end(
    policy: Policy, goal: Goal, series: Series, running: Mapping[str, int]
) -> set[str]:
    """Return the running trials that the policy ends.

    Args:
        policy: the policy.
        goal: direction of the primary metric.
        series: trial → logged values, of all trials that ran or run.
        running: running trial → interval at which it is evaluated.
    """
    sign = 1.0 if goal == "maximize" else -1.0
    gains = {name: [sign * value for value in values] for name, values in series.items()}
    decide = {
        "Bandit": _bandit,
        "MedianStopping": _median,
        "TruncationSelection": _truncation,
    }[policy.kind]
    return {name for name, point in running.items() if decide(policy, gains, name, point)}


def _bests(gains: Series, point: int) -> dict[str, float]:
    """Best value up to ``point`` of each trial, younger ones at their own age."""
    return {name: max(values[:point]) for name, values in gains.items() if values[:point]}


def _bandit(policy: Policy, gains: Series, name: str, point: int) -> bool:
    own = max(gains[name][:point])
    best = max(_bests(gains, point).values())
    if policy.slack_amount is not None:
        return own < best - policy.slack_amount
    factor = 1 + (policy.slack_factor or 0.0)
    # Below zero (a metric to minimise) "worse by the factor" multiplies instead of divides.
    return own < (best / factor if best >= 0 else best * factor)


def _median(policy: Policy, gains: Series, name: str, point: int) -> bool:
    del policy
    averages = [statistics.fmean(values[:point]) for values in gains.values() if values[:point]]
    return max(gains[name][:point]) < statistics.median(averages)


def _truncation(policy: Policy, gains: Series, name: str, point: int) -> bool:
    bests = _bests(gains, point)
    doomed = int(len(bests) * policy.percentage / 100)
    worst = sorted(bests, key=lambda other: bests[other])[:doomed]
    return name in worst
