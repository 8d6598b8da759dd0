"""Job arguments: what a job refers to or is written with, and a check that needs no workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from amlrest._wire.fields import SECOND_SHAPE
from amlrest.errors import ValidationError
from amlrest.resources.asset_arguments import Resolved, classify
from amlrest.resources.job_shape import is_model_reference
from amlrest.resources.job_validation import check_job
from amlrest.resources.jobs import CommandJob

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from amlrest._wire import Scope
    from amlrest.resources.asset_arguments import AssetArgument
    from amlrest.resources.bindings import Input
    from amlrest.resources.jobs import ComputeJob


def arguments_of(job: ComputeJob, scope: Scope) -> Iterator[Callable[[], AssetArgument]]:
    """Yield what classifies each argument of a job: compute, environment, code, inputs, outputs.

    Args:
        job: a command or sweep job.
        scope: the workspace that it is for.
    """
    run: Any = job if isinstance(job, CommandJob) else job.trial  # type: ignore[attr-defined]
    yield partial(classify, "computes", job.compute, scope)
    yield partial(classify, "environments", run.environment, scope)
    yield partial(classify, "codes", run.code, scope)
    where = "CommandJob" if run is job else "SweepJob.trial"
    for name, given in (run.inputs or {}).items():
        yield partial(_input_argument, f"{where}.inputs[{name!r}]", given, scope)
    for output in (run.outputs or {}).values():
        yield partial(classify, "datastores", output and output.datastore, scope)


def problems_of(job: ComputeJob, scope: Scope) -> list[ValidationError]:
    """Return everything that is wrong with a job, as far as it can be known without a workspace.

    Args:
        job: a command or sweep job.
        scope: the workspace that it is for, which need not exist.
    """
    found: list[ValidationError] = []

    def attempt(check: Callable[[], object]) -> None:
        try:
            check()
        except ValidationError as error:
            found.append(error)

    attempt(lambda: check_job(job, scope))
    for argument in arguments_of(job, scope):
        attempt(argument)
    return found


def _input_argument(where: str, given: Input | None, scope: Scope) -> AssetArgument:
    if given is None or given.data is None:
        return Resolved(None)
    kind = _kind_of(given)
    if scope.dialect is None and kind == "models":
        raise ValidationError(
            f"{where}: a model as an input needs API version {SECOND_SHAPE} or later; "
            "register its files as data"
        )
    if scope.dialect is not None and isinstance(given.data, str) and "://" in given.data:
        return Resolved(given.data)
    return classify(kind, given.data, scope, type_=given.type if scope.dialect else None)


def _kind_of(given: Input) -> str:
    """Return the collection of what an input refers to: a model says so itself, else the type."""
    is_model = is_model_reference(given.data) or str(given.type).endswith("_model")
    return "models" if is_model else "data"
