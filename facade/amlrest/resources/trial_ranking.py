"""Trials of a sweep job compared: its goal, the best trial, the order. Pure."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from amlrest import _readable as readable
from amlrest.resources.jobs import TERMINAL
from amlrest.resources.results import as_number
from amlrest.resources.trials import best as best_of
from amlrest.resources.trials import logged as logged_by
from amlrest.resources.trials import named_best

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from amlrest.resources.results import TrialRun
    from amlrest.resources.sweep import Objective

_COUNTED = {
    "Completed": "completed",
    "Running": "running",
    "Failed": "failed",
    "Canceled": "stopped early or canceled",
}


class Goal(NamedTuple):
    """Objective and search space of a sweep job.

    Attributes:
        sweep: name of the job.
        objective: primary metric and goal.
        parameters: hyperparameters, as their search space names them.
        total: number of trials, 0 when unlimited.
        named: name of the best trial as the service names it, which it does at the end.
        space: distribution of each hyperparameter.
        created: when the job was created.
    """

    sweep: str
    objective: Objective
    parameters: tuple[str, ...]
    total: int
    named: str | None = None
    space: Mapping[str, Any] = MappingProxyType({})
    created: datetime | None = None

    @property
    def metric(self) -> str:
        """The primary metric."""
        return self.objective.primary_metric

    @property
    def maximize(self) -> bool:
        """Whether larger is better."""
        return self.objective.goal == "maximize"


def goal_of(job: Any) -> Goal | None:
    """Return the goal of a job; None if it is not a sweep job."""
    objective = getattr(job, "objective", None)
    if objective is None:
        return None
    total = job.max_total_trials or 0
    return Goal(
        job.name or "",
        objective,
        (*job.search_space,),
        total,
        named_best(job),
        job.search_space,
        job.created_at,
    )


def is_finished(run: TrialRun) -> bool:
    """Whether a trial has ended."""
    return run.status in TERMINAL


def label(goal: Goal, run: TrialRun) -> str:
    """Return the number of a trial: its name without the name of the sweep job."""
    short = run.name.removeprefix(goal.sweep).lstrip("_")
    return short or str(run.name)


def logged(goal: Goal, run: TrialRun) -> float | None:
    """Return the best value of the primary metric that a trial has logged, or else its last one."""
    return logged_by(run, goal.metric)


def value(goal: Goal, run: TrialRun) -> float | None:
    """Return the same if it is finite; None otherwise."""
    found = logged(goal, run)
    return None if found is None or not math.isfinite(found) else float(found)


def parameter(run: TrialRun, name: str) -> str | float | None:
    """Return a hyperparameter of a trial, as a number where possible."""
    bare = name.lstrip("-")
    spellings = (name, bare, bare.replace("-", "_"), bare.replace("_", "-"))
    text = next((run.parameters[s] for s in spellings if s in run.parameters), None)
    return None if text is None else as_number(text)


def ranked(goal: Goal, runs: Iterable[TrialRun]) -> list[TrialRun]:
    """Order trials from best to worst; those without the metric are last."""
    known = list(runs)
    return rank(goal, known, best(goal, known))


def rank(goal: Goal, runs: Iterable[TrialRun], winner: TrialRun | None) -> list[TrialRun]:
    """Order trials from best to worst when the best is known."""

    def key(run: TrialRun) -> tuple[bool, bool, float]:
        found = value(goal, run)
        score = 0 if found is None else -found if goal.maximize else found
        return (run is not winner, found is None, score)

    return sorted(runs, key=key)


def best(goal: Goal, runs: Iterable[TrialRun]) -> TrialRun | None:
    """Return the best trial; None if no trial has the metric."""
    return best_of(runs, goal.objective, goal.named)


def in_order(goal: Goal, runs: Iterable[TrialRun]) -> list[TrialRun]:
    """Order trials by number."""

    def key(run: TrialRun) -> tuple[int, str]:
        text = label(goal, run)
        return (int(text) if text.isdecimal() else 0, text)

    return sorted(runs, key=key)


def seconds_since_first(runs: Iterable[TrialRun], now: datetime) -> float | None:
    """Return how long ago the first trial began to run; None if no trial says when."""
    began = min((run.started_at for run in runs if run.started_at), default=None)
    return None if began is None else max((now - began).total_seconds(), 0.0)


def tally(goal: Goal, runs: Sequence[TrialRun], elapsed: float | None = None) -> str:
    """Return the progress of a sweep job: ``3/4 trials: 2 completed, 1 failed; about 5 s left``.

    Args:
        goal: the goal of the job.
        runs: its trials so far.
        elapsed: seconds since the first trial began, for an estimate of what is left.
    """
    states = [run.status for run in runs]
    ended = sum(state in TERMINAL for state in states)
    total = goal.total or len(runs)
    counted = [(word, states.count(status)) for status, word in _COUNTED.items()]
    counts = ", ".join(f"{count} {word}" for word, count in counted if count)
    left = ""
    if elapsed and 0 < ended < total:
        left = f"; about {readable.duration(elapsed / ended * (total - ended))} left"
    return f"{ended}/{total} trials: {counts or 'none yet'}{left}"


def best_so_far(goal: Goal, runs: Iterable[TrialRun]) -> str:
    """Return the best trial as text; empty if no trial has the metric."""
    winner = best(goal, runs)
    if winner is None:
        return ""
    found = readable.number(value(goal, winner) or 0.0)
    return f"best {goal.metric} {found}: trial {label(goal, winner)}, {settings(goal, winner)}"


def settings(goal: Goal, run: TrialRun) -> str:
    """Return the hyperparameters of a trial: ``learning_rate 0.31, boosting gbdt``."""
    found = ((name.lstrip("-"), parameter(run, name)) for name in goal.parameters)
    return ", ".join(
        f"{name} {each if isinstance(each, str) else readable.number(each)}"
        for name, each in found
        if each is not None
    )
