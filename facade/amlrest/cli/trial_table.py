"""Trials of a sweep job as text: tables, progress, the best trial. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from amlrest.cli import render
from amlrest.resources.jobs import TERMINAL
from amlrest.resources.results import as_number
from amlrest.resources.trials import best as best_of
from amlrest.resources.trials import named_best

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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
        logarithmic: hyperparameters that are sampled on a logarithmic scale.
        created: when the job was created.
    """

    sweep: str
    objective: Objective
    parameters: tuple[str, ...]
    total: int
    named: str | None = None
    logarithmic: frozenset[str] = frozenset()
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
    space = job.search_space.items()
    return Goal(
        job.name or "",
        objective,
        (*job.search_space,),
        total,
        named_best(job),
        frozenset(name for name, values in space if "Log" in type(values).__name__),
        job.created_at,
    )


def is_finished(run: TrialRun) -> bool:
    """Whether a trial has ended."""
    return run.status in TERMINAL


def label(goal: Goal, run: TrialRun) -> str:
    """Return the number of a trial: its name without the name of the sweep job."""
    short = run.name.removeprefix(goal.sweep).lstrip("_")
    return short or str(run.name)


def value(goal: Goal, run: TrialRun) -> float | None:
    """Return the primary metric of a trial; None if it is missing, NaN or infinite."""
    found = run.metrics.get(goal.metric)
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
    return _ranked(goal, known, best(goal, known))


def _ranked(goal: Goal, runs: Sequence[TrialRun], winner: TrialRun | None) -> list[TrialRun]:
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


def table(goal: Goal, runs: Iterable[TrialRun], width: int = 0) -> list[str]:
    """Lay out trials from best to worst; an asterisk marks the best."""
    return render.table(*rows(goal, runs), width)


def rows(goal: Goal, runs: Iterable[TrialRun]) -> tuple[list[str], list[list[render.Cell]]]:
    """Return headings, and a row for each trial from best to worst."""
    winner = best(goal, runs := list(runs))
    return _rows(goal, _ranked(goal, runs, winner), winner)


def _rows(
    goal: Goal, runs: Iterable[TrialRun], winner: TrialRun | None
) -> tuple[list[str], list[list[render.Cell]]]:
    headings = ["", "TRIAL", "STATUS", goal.metric, *(p.lstrip("-") for p in goal.parameters)]
    found: list[list[render.Cell]] = [
        [
            "*" if run is winner else "",
            _number(label(goal, run)),
            run.status,
            run.metrics.get(goal.metric),
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
    states = [run.status for run in runs]
    ended = sum(state in TERMINAL for state in states)
    total = goal.total or len(runs)
    counted = [(word, states.count(status)) for status, word in _COUNTED.items()]
    counts = ", ".join(f"{count} {word}" for word, count in counted if count)
    left = ""
    if elapsed and 0 < ended < total:
        left = f"; about {render.duration(elapsed / ended * (total - ended))} left"
    return [
        f"{render.bar(ended, total)} {ended}/{total} trials: {counts or 'none yet'}{left}",
        *_best_so_far(goal, runs),
    ]


def live(goal: Goal, runs: Sequence[TrialRun], width: int, height: int) -> list[str]:
    """Lay out trials while they run: the best, those that run, then the others from best to worst.

    Args:
        goal: the goal of the job.
        runs: its trials so far.
        width: columns of the screen.
        height: number of lines; the last one says how many trials are left out.
    """
    winner = best(goal, runs)
    ranking = _ranked(goal, runs, winner)
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


def settings(goal: Goal, run: TrialRun) -> str:
    """Return the hyperparameters of a trial: ``learning_rate 0.31, boosting gbdt``."""
    found = ((name.lstrip("-"), parameter(run, name)) for name in goal.parameters)
    return ", ".join(
        f"{name} {each if isinstance(each, str) else render.number(each)}"
        for name, each in found
        if each is not None
    )


def as_json(run: TrialRun) -> dict[str, Any]:
    """Return a trial as JSON."""
    return {
        "name": run.name,
        "status": run.status,
        "parameters": run.parameters,
        "metrics": run.metrics,
    }


def _best_so_far(goal: Goal, runs: Sequence[TrialRun]) -> list[str]:
    winner = best(goal, runs)
    if winner is None:
        return []
    found = render.number(value(goal, winner) or 0.0)
    return [f"best {goal.metric} {found}: trial {label(goal, winner)}, {settings(goal, winner)}"]


def _number(text: str) -> render.Cell:
    return int(text) if text.isdecimal() else text
