"""The trial of a sweep that a command is about: the options --trial and --best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from amlrest.cli.errors import CommandError
from amlrest.cli.program import program

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from amlrest import Workspace
    from amlrest.resources.results import TrialRun
    from amlrest.resources.trial_ranking import Goal


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
    def known(self) -> Any:
        """What the library takes: the job that was read, or the name of the trial."""
        return self.name if self.run else self.job

    @property
    def is_sweep(self) -> bool:
        """Whether it is a whole sweep."""
        from amlrest.resources.trial_ranking import goal_of

        return self.run is None and goal_of(self.job) is not None


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
    job, number = _job_and_trial(workspace, name)
    if best:
        return best_of(workspace, job)
    wanted = number or trial
    if wanted is None:
        return Subject(job.name, job)
    goal = sweep_goal(job)
    runs = workspace.jobs.trials(job)
    found = _numbered(goal, runs, wanted)
    if found is None:
        raise no_such_trial(goal, job, runs, wanted)
    return Subject(found.name, job, found)


def best_of(workspace: Workspace, job: Any) -> Subject:
    """Return the best trial of a sweep job that was read.

    Raises:
        CommandError: the job is not a sweep, or no trial has logged the metric.
    """
    from amlrest.resources import trial_ranking as ranking

    goal = sweep_goal(job)
    runs = workspace.jobs.trials(job)
    found = ranking.best(goal, runs)
    if found is None:
        raise no_such_trial(goal, job, runs)
    return Subject(found.name, job, found)


def telling(workspace: Workspace, job: Any) -> tuple[Subject, str]:
    """Return the trial of a sweep job whose log tells most, and which one that is.

    It is the best trial, or if no trial has logged the metric the first that failed, or the first.

    Raises:
        CommandError: the job is not a sweep, or has no trials.
    """
    from amlrest.resources import trial_ranking as ranking

    goal = sweep_goal(job)
    runs = ranking.in_order(goal, workspace.jobs.trials(job))
    failed = next((run for run in runs if run.status == "Failed"), None)
    first = next(iter(runs), None)
    kinds = [("best", ranking.best(goal, runs)), ("first failed", failed), ("first", first)]
    for kind, found in kinds:
        if found is not None:
            return Subject(found.name, job, found), kind
    raise no_such_trial(goal, job, runs)


def sweep_goal(job: Any) -> Goal:
    """Return the goal of a sweep job.

    Raises:
        CommandError: it is a job of another type.
    """
    from amlrest.resources.trial_ranking import goal_of

    goal = goal_of(job)
    if goal is None:
        raise CommandError(f"job {job.name} is a {job.job_type} job; only sweep jobs have trials")
    return goal


def _job_and_trial(workspace: Workspace, name: str) -> tuple[Any, str | None]:
    """Return a job, or a sweep job and the number of its trial that has the name."""
    from amlrest.errors import ResourceNotFoundError
    from amlrest.resources.trials import sweep_of

    try:
        return workspace.jobs.get(name), None
    except ResourceNotFoundError:
        # A local workspace has trials as runs, not as jobs.
        sweep = sweep_of(name)
        if sweep is None:
            raise
        try:
            return workspace.jobs.get(sweep), name.rpartition("_")[2]
        except ResourceNotFoundError:
            pass
        raise


def _numbered(goal: Goal, runs: Sequence[TrialRun], wanted: str) -> TrialRun | None:
    from amlrest.resources import trial_ranking as ranking

    return next((run for run in runs if wanted in (ranking.label(goal, run), run.name)), None)


def no_such_trial(
    goal: Goal, job: Any, runs: Sequence[TrialRun], wanted: str | None = None
) -> CommandError:
    """Return the error for a trial that a sweep job does not have.

    Args:
        goal: the goal of the sweep job.
        job: the sweep job.
        runs: its trials.
        wanted: number of the trial; None for the best one.
    """
    from amlrest.resources import trial_ranking as ranking

    yet = "" if job.is_finished else " yet"
    if not runs:
        return CommandError(f"sweep job {goal.sweep} has no trials{yet}; it is {job.status}")
    if wanted is None:
        failed = next((ranking.label(goal, run) for run in runs if run.status == "Failed"), None)
        log = f"{program()} job logs {goal.sweep} --trial {failed}"
        return CommandError(
            f"no trial of {goal.sweep} has logged {goal.metric}{yet}; {ranking.tally(goal, runs)}",
            hint="" if failed is None else f"see why a trial failed: {log}",
        )
    labels = [ranking.label(goal, run) for run in ranking.in_order(goal, runs)]
    return CommandError(
        f"sweep job {goal.sweep} has no trial {wanted}{yet}; use {labels[0]} to {labels[-1]}"
    )
