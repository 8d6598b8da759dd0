"""What plots of a sweep show, in a report as in a picture. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest.charts import trials
from amlrest.resources import trial_ranking as ranking

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amlrest.resources.results import TrialRun
    from amlrest.resources.trial_ranking import Goal


def shown(goal: Goal, runs: Iterable[TrialRun]) -> list[TrialRun]:
    """Return the trials that are drawn, by number: those with a finite value, or that have ended."""
    return [
        run
        for run in ranking.in_order(goal, runs)
        if ranking.value(goal, run) is not None or ranking.is_finished(run)
    ]


def values(goal: Goal, runs: Iterable[TrialRun]) -> list[float]:
    """Return the finite values of the primary metric."""
    return [found for run in runs if (found := ranking.value(goal, run)) is not None]


def numbers(goal: Goal, runs: Sequence[TrialRun]) -> dict[str, int]:
    """Return the number of each trial by its name, or its place where its name has none."""
    labels = [(run.name, ranking.label(goal, run)) for run in runs]
    return {
        name: int(label) if label.isdecimal() else place
        for place, (name, label) in enumerate(labels)
    }


def best_so_far(goal: Goal, runs: Sequence[TrialRun]) -> list[tuple[float, float]]:
    """Return the best value so far as a line with steps; failed trials are never the best.

    Args:
        goal: the goal of the sweep.
        runs: trials by number.
    """
    number = numbers(goal, runs)
    measured = [
        (number[run.name], value)
        for run in runs
        if (value := ranking.value(goal, run)) is not None and run.status != "Failed"
    ]
    return trials.best_so_far(measured, maximize=goal.maximize)
