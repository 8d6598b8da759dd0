"""Trials of a sweep job as text: tables, progress, the best trial. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest.cli import render
from amlrest.resources import trial_ranking
from amlrest.resources.trial_ranking import (
    Goal,
    best,
    goal_of,
    in_order,
    is_finished,
    label,
    logged,
    parameter,
    rank,
    ranked,
    seconds_since_first,
    settings,
    tally,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amlrest.resources.results import TrialRun

__all__ = [
    "Goal",
    "as_json",
    "best",
    "goal_of",
    "in_order",
    "is_finished",
    "label",
    "live",
    "logged",
    "one_line",
    "parameter",
    "progress",
    "ranked",
    "rows",
    "seconds_since_first",
    "settings",
    "table",
    "tally",
    "value",
]


def table(goal: Goal, runs: Iterable[TrialRun], width: int = 0) -> list[str]:
    """Lay out trials from best to worst; an asterisk marks the best."""
    return render.table(*rows(goal, runs), width)


def rows(goal: Goal, runs: Iterable[TrialRun]) -> tuple[list[str], list[list[render.Cell]]]:
    """Return headings, and a row for each trial from best to worst."""
    winner = best(goal, runs := list(runs))
    return _rows(goal, rank(goal, runs, winner), winner)


def _rows(
    goal: Goal, runs: Iterable[TrialRun], winner: TrialRun | None
) -> tuple[list[str], list[list[render.Cell]]]:
    headings = ["", "TRIAL", "STATUS", goal.metric, *(p.lstrip("-") for p in goal.parameters)]
    found: list[list[render.Cell]] = [
        [
            "*" if run is winner else "",
            _number(label(goal, run)),
            run.status,
            logged(goal, run),
            *(parameter(run, name) for name in goal.parameters),
        ]
        for run in runs
    ]
    return headings, found


def progress(goal: Goal, runs: Sequence[TrialRun], elapsed: float | None = None) -> list[str]:
    """Return two lines: the progress of a sweep job and the best trial so far.

    Args:
        goal: the goal of the job.
        runs: its trials so far.
        elapsed: seconds since the first trial began, for an estimate of what is left.
    """
    ended = sum(map(is_finished, runs))
    bar = render.bar(ended, goal.total or len(runs))
    best_so_far = trial_ranking.best_so_far(goal, runs)
    return [f"{bar} {tally(goal, runs, elapsed)}", *filter(None, [best_so_far])]


def watched(goal: Goal, runs: Sequence[TrialRun], elapsed: float | None, width: int) -> list[str]:
    """Return the progress of a sweep job above the table that marks the best trial.

    Args:
        goal: the goal of the job.
        runs: its trials so far.
        elapsed: seconds since the first trial began, for an estimate of what is left.
        width: columns of the screen; what does not fit is in a second line.
    """
    line = progress(goal, runs, elapsed)[0]
    return [line] if render.columns_of(line) <= width else line.split("; ")


def live(goal: Goal, runs: Sequence[TrialRun], width: int, height: int) -> list[str]:
    """Lay out trials while they run: the best, those that run, then the others from best to worst.

    Args:
        goal: the goal of the job.
        runs: its trials so far.
        width: columns of the screen.
        height: number of lines; the last one says how many trials are left out.
    """
    winner = best(goal, runs)
    ranking = rank(goal, runs, winner)
    order = sorted(ranking, key=lambda run: (run is not winner, is_finished(run)))
    room = max(height - 1, 1)
    shown = order if len(order) <= room else order[: room - 1]
    lines = render.table(*_rows(goal, shown, winner), width) if shown else []
    hidden = len(order) - len(shown)
    return [*lines, *([f"… and {hidden} more"] if hidden else [])]


def one_line(goal: Goal, run: TrialRun) -> str:
    """Return one line on how a trial ended."""
    found = value(goal, run)
    metric = "" if found is None else f"  {goal.metric} {render.number(found)}"
    return f"trial {label(goal, run):>3}  {run.status}{metric}  {settings(goal, run)}".rstrip()


def as_json(run: TrialRun) -> dict[str, Any]:
    """Return a trial as JSON."""
    return {
        "name": run.name,
        "status": run.status,
        "parameters": run.parameters,
        "metrics": run.metrics,
        "score": run.score,
    }


def _number(text: str) -> render.Cell:
    return int(text) if text.isdecimal() else text
