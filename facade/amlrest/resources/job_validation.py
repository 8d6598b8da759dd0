"""Validation of jobs before submission."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

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


class Check(NamedTuple):
    """One thing that is checked of a job.

    Attributes:
        attributes: what it looks at, such as ``trial.command``, that which is wrong first;
            everything when empty.
        run: raises ValidationError if it is wrong.
    """

    attributes: tuple[str, ...]
    run: Callable[[], object]


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
    for check in checks_of(job, scope):
        check.run()


def checks_of(job: ComputeJob, scope: Scope) -> Iterator[Check]:
    """Yield what is checked of a job, one by one, so that all that is wrong can be told."""
    kind = type(job).__name__
    if job.name is not None:
        yield Check(("name",), partial(name_to_write, job))
    yield Check(("compute", "is_local"), partial(_check_compute, job, scope))
    count = partial(check_range, f"{kind}.instance_count", job.instance_count, 1, None)
    yield Check(("instance_count",), count)
    if isinstance(job, CommandJob):
        yield from _checks_of_run("CommandJob", "", job, {})
        yield Check((), lambda: check_sendable(_without_assets(job), scope))
    else:
        sweep: Any = job
        yield from _checks_of_sweep(sweep)
        yield Check((), lambda: check_sendable(sweep, scope, trial=_without_assets(sweep.trial)))


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
    if job.compute is None and not job.is_local and scope.dialect is None:
        raise ValidationError(
            f"{type(job).__name__}.compute is missing; give the name of a compute target, or use "
            f"API version {SECOND_SHAPE} or later for serverless compute"
        )


def _checks_of_sweep(job: SweepJob) -> Iterator[Check]:
    from amlrest.resources import search_space

    yield Check(("trial",), partial(_check_trial, job))
    yield Check(("objective",), partial(_check_objective, job))
    yield Check(("algorithm",), partial(_check_algorithm, job))
    space = partial(search_space.check, job.search_space, job.algorithm)
    yield Check(("search_space", "algorithm"), space)
    yield from _checks_of_run("SweepJob.trial", "trial.", job.trial, job.search_space)
    yield Check(("early_termination", "algorithm"), partial(_check_policy, job))
    yield Check(("max_total_trials", "max_concurrent_trials"), partial(_check_limits, job))
    yield Check(("timeout",), partial(_check_minutes, "SweepJob.timeout", job.timeout))


def _check_trial(job: SweepJob) -> None:
    from amlrest.resources.sweep import Trial

    if not isinstance(job.trial, Trial):
        what = "is missing" if job.trial is None else f"is {type(job.trial).__name__}"
        raise ValidationError(f"SweepJob.trial {what}; use Trial(…)")


def _check_objective(job: SweepJob) -> None:
    if job.objective is None:
        raise ValidationError(
            "SweepJob.objective is missing; use minimize('metric') or maximize('metric')"
        )
    if getattr(job.objective, "primary_metric", "?") == "":
        raise ValidationError(
            "SweepJob.objective.primary_metric is empty; give the name of a metric"
        )


def _check_algorithm(job: SweepJob) -> None:
    if job.algorithm is None:
        raise ValidationError("SweepJob.algorithm is missing; use 'random', 'grid' or 'bayesian'")


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


def _checks_of_run(where: str, prefix: str, run: Any, space: Any) -> Iterator[Check]:
    yield Check((f"{prefix}command",), partial(_check_command, where, run))
    yield Check((f"{prefix}environment",), partial(_check_environment, where, run))
    yield Check((f"{prefix}inputs",), lambda: _bindings(f"{where}.inputs", run.inputs))
    yield Check((f"{prefix}outputs",), lambda: _bindings(f"{where}.outputs", run.outputs))
    used = (f"{prefix}command", f"{prefix}inputs", f"{prefix}outputs", "search_space")
    yield Check(used, partial(_check_placeholders, where, run, space))


def _check_command(where: str, run: CommandJob | Trial) -> None:
    if not isinstance(run.command, str) or not run.command.strip():
        raise ValidationError(f"{where}.command is empty; give a shell command")


def _check_environment(where: str, run: CommandJob | Trial) -> None:
    if run.environment is None:
        raise ValidationError(f"{where}.environment is missing; use an Environment or its name")


def _check_placeholders(where: str, run: CommandJob | Trial, space: Mapping[str, Any]) -> None:
    declared = {
        "inputs": _bindings(f"{where}.inputs", run.inputs),
        "outputs": _bindings(f"{where}.outputs", run.outputs),
        "search_space": list(space),
    }
    where = f"{where}.command"
    for text in _placeholders.malformed(run.command):
        raise ValidationError(
            f"{where}: {text!r} is not a placeholder; write {{inputs.x}} or ${{{{inputs.x}}}}"
        )
    for text, group, name in _placeholders.find(run.command):
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
