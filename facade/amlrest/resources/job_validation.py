"""Validation of jobs before submission."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from amlrest import _placeholders
from amlrest._wire import FIRST_SHAPE, Scope, check_sendable
from amlrest._wire.fields import SECOND_SHAPE
from amlrest.errors import ValidationError
from amlrest.names import check_name
from amlrest.resources.base import name_to_write
from amlrest.resources.bindings import Input
from amlrest.resources.jobs import CommandJob, ComputeJob, Job
from amlrest.resources.ranges import check_range

if TYPE_CHECKING:
    from amlrest.resources.sweep import SweepJob, Trial

MAX_TOTAL_TRIALS = 1000
MAX_CONCURRENT_TRIALS = 100
MAX_SWEEP_MINUTES = 43200


def check_job(job: Job, scope: Scope = FIRST_SHAPE) -> None:
    """Raise for a job that cannot run, or has a value that cannot be sent.

    Args:
        job: a new job.
        scope: the workspace that it is for.

    Raises:
        ValidationError: the message names the attribute and what to do.
    """
    if not isinstance(job, ComputeJob):
        raise ValidationError(
            f"{type(job).__name__} cannot be submitted; use CommandJob or SweepJob"
        )
    if job.name is not None:
        name_to_write(job)
    _check_compute(job, scope)
    if isinstance(job, CommandJob):
        _check_run("CommandJob", job, {})
        check_sendable(_without_assets(job), scope)
    else:
        sweep: Any = job
        _check_sweep(sweep)
        check_sendable(sweep, scope, trial=_without_assets(sweep.trial))


def _without_assets(run: Any) -> Any:
    """Return a copy of a command without assets, which are registered on submission."""
    copied = copy.copy(run)
    copied.environment = copied.code = None
    copied.inputs = {name: _without_data(each) for name, each in (run.inputs or {}).items()}
    return copied


def _without_data(binding: Input | None) -> Input | None:
    copied = copy.copy(binding)
    if copied is not None:
        copied.data = "/"
    return copied


def _check_compute(job: ComputeJob, scope: Scope) -> None:
    kind = type(job).__name__
    if job.compute is None and not job.is_local and scope.dialect is None:
        raise ValidationError(
            f"{kind}.compute is missing; give the name of a compute target, or use API version "
            f"{SECOND_SHAPE} or later for serverless compute"
        )
    check_range(f"{kind}.instance_count", job.instance_count, 1, None)


def _check_sweep(job: SweepJob) -> None:
    from amlrest.resources import search_space
    from amlrest.resources.sweep import Trial

    if not isinstance(job.trial, Trial):
        what = "is missing" if job.trial is None else f"is {type(job.trial).__name__}"
        raise ValidationError(f"SweepJob.trial {what}; use Trial(…)")
    if job.objective is None:
        raise ValidationError(
            "SweepJob.objective is missing; use minimize('metric') or maximize('metric')"
        )
    if getattr(job.objective, "primary_metric", "?") == "":
        raise ValidationError(
            "SweepJob.objective.primary_metric is empty; give the name of a metric"
        )
    if job.algorithm is None:
        raise ValidationError("SweepJob.algorithm is missing; use 'random', 'grid' or 'bayesian'")
    search_space.check(job.search_space, job.algorithm)
    _check_run("SweepJob.trial", job.trial, job.search_space)
    _check_policy(job)
    _check_limits(job)
    _check_minutes("SweepJob.timeout", job.timeout)


def _check_policy(job: SweepJob) -> None:
    from amlrest.resources.policies import EarlyTerminationPolicy

    policy: Any = job.early_termination
    if job.algorithm == "bayesian" and policy is not None:
        raise ValidationError(
            "SweepJob.early_termination: the bayesian algorithm does not support policies; "
            "remove it, or use the random algorithm"
        )
    # A policy that was read from the service is not checked.
    if isinstance(policy, EarlyTerminationPolicy) and not policy.raw:
        policy.check()


def _check_limits(job: SweepJob) -> None:
    total, concurrent = job.max_total_trials, job.max_concurrent_trials
    check_range("SweepJob.max_total_trials", total, 1, MAX_TOTAL_TRIALS)
    check_range("SweepJob.max_concurrent_trials", concurrent, 1, MAX_CONCURRENT_TRIALS)
    if total is not None and concurrent is not None and concurrent > total:
        raise ValidationError(
            f"SweepJob.max_concurrent_trials: {concurrent} is more than the {total} of "
            f"max_total_trials; use at most {total}"
        )


def _check_minutes(where: str, span: Any) -> None:
    minutes = span / timedelta(minutes=1) if isinstance(span, timedelta) else 1
    if minutes != int(minutes) or not 1 <= minutes <= MAX_SWEEP_MINUTES:
        raise ValidationError(f"{where}: {span}; use whole minutes, 1 to {MAX_SWEEP_MINUTES}")


def _check_run(where: str, run: CommandJob | Trial, space: Mapping[str, Any]) -> None:
    if not isinstance(run.command, str) or not run.command.strip():
        raise ValidationError(f"{where}.command is empty; give a shell command")
    if run.environment is None:
        raise ValidationError(f"{where}.environment is missing; use an Environment or its name")
    declared = {
        "inputs": _bindings(f"{where}.inputs", run.inputs),
        "outputs": _bindings(f"{where}.outputs", run.outputs),
        "search_space": list(space),
    }
    _check_placeholders(f"{where}.command", run.command, declared)


def _check_placeholders(where: str, command: str, declared: Mapping[str, list[str]]) -> None:
    for text in _placeholders.malformed(command):
        raise ValidationError(
            f"{where}: {text!r} is not a placeholder; write {{inputs.x}} or ${{{{inputs.x}}}}"
        )
    for text, group, name in _placeholders.find(command):
        if name not in declared[group]:
            raise ValidationError(
                f"{where}: {text} is used, but {group} has no {name!r}; "
                + _suggestion(group, declared[group])
            )


def _bindings(where: str, bindings: Any) -> list[str]:
    if bindings is None:
        return []
    if not isinstance(bindings, Mapping):
        raise ValidationError(f"{where}: use a dict, bindings by name")
    for name in bindings:
        check_name("bindings", name)
    return list(bindings)


def _suggestion(group: str, names: Iterable[str]) -> str:
    known = ", ".join(map(repr, names))
    return f"declare it, or use one of {known}" if known else f"declare it in {group}"
