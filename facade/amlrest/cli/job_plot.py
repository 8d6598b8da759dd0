"""Plot of a job: the trials of a sweep job, or the metrics of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest import _readable as readable
from amlrest.cli.errors import CommandError
from amlrest.cli.screen import messages
from amlrest.cli.trial_choice import no_such_trial
from amlrest.report import sweep_data
from amlrest.resources.trial_ranking import goal_of

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest import Workspace
    from amlrest.cli.trial_choice import Subject
    from amlrest.resources.results import TrialRun
    from amlrest.resources.trial_ranking import Goal

_MOST_METRICS = 30


def draw(workspace: Workspace, subject: Subject, path: Path) -> None:
    """Read what is to be drawn, and write the plot.

    Args:
        workspace: where the job is.
        subject: the job or trial.
        path: the file; its suffix says the format.

    Raises:
        CommandError: there is nothing to draw yet, or the file cannot be written.
        ModuleNotFoundError: matplotlib is not installed.
    """
    from amlrest.cli import metric_plot, sweep_plot

    goal = goal_of(subject.job) if subject.is_sweep else None
    try:
        if goal is None:
            metric_plot.draw(_title(subject), _histories(workspace, subject.name), path)
        else:
            sweep_plot.draw(goal, _measured(workspace, goal, subject), path)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from error


def _measured(workspace: Workspace, goal: Goal, subject: Subject) -> list[TrialRun]:
    runs = list(workspace.jobs.trials(subject.job))
    if not sweep_data.values(goal, runs):
        raise no_such_trial(goal, subject.job, runs)
    return runs


def _histories(workspace: Workspace, name: str) -> dict[str, list[tuple[int, float]]]:
    known = sorted(workspace.jobs.metrics(name))
    if not known:
        raise CommandError(f"{name} has logged no metrics")
    chosen = known[:_MOST_METRICS]
    if len(known) > len(chosen):
        messages().line(f"drawn are {len(chosen)} of {len(known)} metrics, up to {chosen[-1]}")
    return {metric: list(workspace.jobs.metric_history(name, metric)) for metric in chosen}


def _title(subject: Subject) -> str:
    return ", ".join(filter(None, [subject.name, readable.moment(subject.job.created_at)]))
