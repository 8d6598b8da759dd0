"""The trial of a sweep that a command is about: the options --trial and --best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from amlrest.cli.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from amlrest import Workspace
    from amlrest.cli.trial_table import Goal
    from amlrest.resources.results import TrialRun


class Subject(NamedTuple):
    """What a command is about.

    Attributes:
        name: name of the run: of a job, or of a trial.
        job: the job, or the sweep of the trial.
        run: the trial; None for a job.
    """

    name: str
    job: Any
    run: TrialRun | None = None

    @property
    def is_sweep(self) -> bool:
        """Whether it is a whole sweep."""
        from amlrest.cli import trial_table

        return self.run is None and trial_table.goal_of(self.job) is not None


def options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options ``--trial`` and ``--best``."""
    number = click.option("--trial", metavar="NUMBER", help="A trial of the sweep job.")
    best = click.option("--best", is_flag=True, help="The best trial of the sweep job.")
    return number(best(function))


def choose(workspace: Workspace, name: str, trial: str | None, best: bool) -> Subject:
    """Return the job of a name, or the trial that is meant.

    Args:
        workspace: where it is.
        name: of a job or of a trial.
        trial: number of the trial, if one is chosen.
        best: whether the best trial is chosen.

    Raises:
        CommandError: the job is not a sweep, or has no such trial.
        ResourceNotFoundError: neither a job nor a trial has the name.
    """
    if trial is not None and best:
        raise click.UsageError("--trial and --best exclude each other.")
    job = _job_or_sweep(workspace, name)
    wanted = trial if job.name == name else name.removeprefix(f"{job.name}_")
    if best:
        return best_of(workspace, job)
    if wanted is None:
        return Subject(name, job)
    goal = sweep_goal(job)
    runs = workspace.jobs.trials(job)
    found = _numbered(goal, runs, wanted)
    if found is None:
        raise _missing(goal, runs, wanted)
    return Subject(found.name, job, found)


def best_of(workspace: Workspace, job: Any) -> Subject:
    """Return the best trial of a sweep job that was read.

    Raises:
        CommandError: the job is not a sweep, or no trial has logged the metric.
    """
    from amlrest.cli import trial_table

    goal = sweep_goal(job)
    runs = workspace.jobs.trials(job)
    found = trial_table.best(goal, runs)
    if found is None:
        raise _missing(goal, runs, None)
    return Subject(found.name, job, found)


def sweep_goal(job: Any) -> Goal:
    """Return the goal of a sweep job.

    Raises:
        CommandError: it is a job of another type.
    """
    from amlrest.cli import trial_table

    goal = trial_table.goal_of(job)
    if goal is None:
        raise CommandError(f"job {job.name} is a {job.job_type} job; only sweep jobs have trials")
    return goal


def _job_or_sweep(workspace: Workspace, name: str) -> Any:
    from amlrest.errors import ResourceNotFoundError
    from amlrest.resources.trials import sweep_of

    try:
        return workspace.jobs.get(name)
    except ResourceNotFoundError:
        # A local workspace has trials as runs, not as jobs.
        sweep = sweep_of(name)
        if sweep is None:
            raise
        try:
            return workspace.jobs.get(sweep)
        except ResourceNotFoundError:
            pass
        raise


def _numbered(goal: Goal, runs: Sequence[TrialRun], wanted: str) -> TrialRun | None:
    from amlrest.cli import trial_table

    return next((run for run in runs if wanted in (trial_table.label(goal, run), run.name)), None)


def _missing(goal: Goal, runs: Sequence[TrialRun], wanted: str | None) -> CommandError:
    from amlrest.cli import trial_table

    if not runs:
        return CommandError(f"sweep job {goal.sweep} has no trials yet")
    if wanted is None:
        return CommandError(f"no trial of {goal.sweep} has logged {goal.metric} yet")
    labels = [trial_table.label(goal, run) for run in trial_table.in_order(goal, runs)]
    return CommandError(
        f"sweep job {goal.sweep} has no trial {wanted}; use {labels[0]} to {labels[-1]}"
    )
