"""What is checked of a job before anything is sent."""

import copy
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from amlrest._wire import check_sendable
from amlrest.errors import ValidationError
from amlrest.names import check_name
from amlrest.resources.jobs import CommandJob, ComputeJob, Input, Job

if TYPE_CHECKING:
    from amlrest.resources.sweep import SweepJob, Trial

MAX_TOTAL_TRIALS = 1000
MAX_CONCURRENT_TRIALS = 100
MAX_SWEEP_MINUTES = 43200
_PLACEHOLDER = re.compile(r"\{(inputs|outputs|search_space)\.([^{}\s]+)\}")


def check_job(job: Job) -> None:
    """Refuse a job that cannot run or has a value that cannot be sent.

    Raises:
        ValidationError: names the attribute and what to do.
    """
    if not isinstance(job, ComputeJob):
        raise ValidationError(f"{type(job).__name__} cannot be submitted; use CommandJob, SweepJob")
    if job.name is not None:
        check_name("jobs", job.name)
    _check_compute(job)
    if isinstance(job, CommandJob):
        _check_run("CommandJob", job, {})
        check_sendable(_without_assets(job))
    else:
        sweep: Any = job
        _check_sweep(sweep)
        check_sendable(sweep, trial=_without_assets(sweep.trial))


def _without_assets(run: Any) -> Any:
    """Return what is run without what is registered only when it is submitted."""
    probe = copy.copy(run)
    probe.environment = probe.code = None
    probe.inputs = {name: _bare(each) for name, each in (run.inputs or {}).items()}
    return probe


def _bare(given: Input | None) -> Input | None:
    probe = copy.copy(given)
    if probe is not None:
        probe.data = "/"
    return probe


def _check_compute(job: ComputeJob) -> None:
    kind = type(job).__name__
    if job.compute is None and not job.is_local:
        raise ValidationError(f"{kind}.compute is missing; name the compute to run on")
    check_range(f"{kind}.instance_count", job.instance_count, 1, None)


def _check_sweep(job: "SweepJob") -> None:
    from amlrest.resources import search_space
    from amlrest.resources.sweep import Trial

    if not isinstance(job.trial, Trial):
        what = "is missing" if job.trial is None else f"is {type(job.trial).__name__}"
        raise ValidationError(f"SweepJob.trial {what}; say what a trial runs with Trial(…)")
    if job.objective is None:
        raise ValidationError("SweepJob.objective is missing; use minimize('metric') or maximize")
    if getattr(job.objective, "primary_metric", "?") == "":
        raise ValidationError("SweepJob.objective.primary_metric is empty; name the metric")
    if job.algorithm is None:
        raise ValidationError("SweepJob.algorithm is missing; use 'random', 'grid' or 'bayesian'")
    search_space.check(job.search_space, job.algorithm)
    _check_run("SweepJob.trial", job.trial, job.search_space)
    _check_policy(job)
    _check_limits(job)
    _check_minutes("SweepJob.timeout", job.timeout)


def _check_policy(job: "SweepJob") -> None:
    from amlrest.resources.policies import EarlyTerminationPolicy

    policy: Any = job.early_termination
    if job.algorithm == "bayesian" and policy is not None:
        raise ValidationError(
            "SweepJob.early_termination: the bayesian algorithm takes no policy; "
            "leave it out, or use the random algorithm"
        )
    # What the service has once taken is not ours to judge.
    if isinstance(policy, EarlyTerminationPolicy) and not policy.raw:
        policy.check()


def _check_limits(job: "SweepJob") -> None:
    total, concurrent = job.max_total_trials, job.max_concurrent_trials
    check_range("SweepJob.max_total_trials", total, 1, MAX_TOTAL_TRIALS)
    check_range("SweepJob.max_concurrent_trials", concurrent, 1, MAX_CONCURRENT_TRIALS)
    if total is not None and concurrent is not None and concurrent > total:
        raise ValidationError(
            f"SweepJob.max_concurrent_trials: {concurrent} is more than the {total} in "
            "max_total_trials; use at most that many"
        )


def _check_minutes(where: str, span: Any) -> None:
    minutes = span / timedelta(minutes=1) if isinstance(span, timedelta) else 1
    if minutes != int(minutes) or not 1 <= minutes <= MAX_SWEEP_MINUTES:
        raise ValidationError(f"{where}: {span}; use whole minutes, 1 to {MAX_SWEEP_MINUTES}")


def check_range(where: str, value: Any, low: int, high: int | None) -> None:
    """Refuse what is neither None nor a whole number in a range.

    Raises:
        ValidationError: starts with `where`.
    """
    if value is None:
        return
    rule = f"from {low} up" if high is None else f"from {low} to {high}"
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or value < low or (high is not None and value > high):
        raise ValidationError(f"{where}: {value!r}; use a whole number {rule}")


def _check_run(where: str, run: "CommandJob | Trial", space: Mapping[str, Any]) -> None:
    if not isinstance(run.command, str) or not run.command.strip():
        raise ValidationError(f"{where}.command is empty; say what to run")
    if run.environment is None:
        raise ValidationError(f"{where}.environment is missing; give an Environment or its name")
    declared = {
        "inputs": _bindings(f"{where}.inputs", run.inputs),
        "outputs": _bindings(f"{where}.outputs", run.outputs),
        "search_space": list(space),
    }
    for group, name in _PLACEHOLDER.findall(run.command):
        if name not in declared[group]:
            raise ValidationError(
                f"{where}.command: {{{group}.{name}}} is used but {group} has no {name!r}; "
                + _suggestion(group, declared[group])
            )


def _bindings(where: str, bindings: Any) -> list[str]:
    if bindings is None:
        return []
    if not isinstance(bindings, Mapping):
        raise ValidationError(f"{where}: use a dict, a binding by name")
    for name in bindings:
        check_name("bindings", name)
    return list(bindings)


def _suggestion(group: str, names: Iterable[str]) -> str:
    known = ", ".join(map(repr, names))
    return f"declare it, or use one of {known}" if known else f"declare it in {group}"
