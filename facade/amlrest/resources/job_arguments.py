"""Job arguments: what a job refers to or is written with, and a check that needs no workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from amlrest._wire.fields import SECOND_SHAPE
from amlrest.errors import ValidationError
from amlrest.resources.asset_arguments import Resolved, classify
from amlrest.resources.job_shape import is_model_reference
from amlrest.resources.job_validation import checks_of
from amlrest.resources.jobs import CommandJob

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from amlrest._wire import Scope
    from amlrest.resources.asset_arguments import AssetArgument
    from amlrest.resources.bindings import Input
    from amlrest.resources.jobs import ComputeJob


class JobArgument(NamedTuple):
    """What a job refers to.

    Attributes:
        attribute: where it stands, such as ``trial.inputs``.
        classify: returns what it is; raises ValidationError if it is nothing.
    """

    attribute: str
    classify: Callable[[], AssetArgument]


def arguments_of(job: ComputeJob, scope: Scope) -> Iterator[JobArgument]:
    """Yield each argument of a job: compute, environment, code, inputs, outputs.

    Args:
        job: a command or sweep job.
        scope: the workspace that it is for.
    """
    run: Any = job if isinstance(job, CommandJob) else job.trial  # type: ignore[attr-defined]
    where, prefix = ("CommandJob", "") if run is job else ("SweepJob.trial", "trial.")

    def argument(name: str, check: Callable[..., AssetArgument], *given: Any) -> JobArgument:
        return JobArgument(name, partial(check, *given, scope))

    yield argument("compute", classify, "computes", job.compute)
    if run is None:
        return
    yield argument(f"{prefix}environment", classify, "environments", run.environment)
    yield argument(f"{prefix}code", classify, "codes", run.code)
    for name, given in (run.inputs or {}).items():
        place = f"{where}.inputs[{name!r}]"
        yield argument(f"{prefix}inputs", _input_argument, place, given)
    for output in (run.outputs or {}).values():
        store = output and output.datastore
        yield argument(f"{prefix}outputs", classify, "datastores", store)


def problems_of(job: ComputeJob, scope: Scope, unread: Iterable[str] = ()) -> list[ValidationError]:
    """Return everything that is wrong with a job, as far as it can be known without a workspace.

    What looks at an attribute that is wrong already is not checked, since it would say what only
    follows from that.

    Args:
        job: a command or sweep job.
        scope: the workspace that it is for, which need not exist.
        unread: attributes that are wrong already.
    """
    found: list[ValidationError] = []
    wrong = set(unread)

    def is_wrong(attributes: Iterable[str]) -> bool:
        return any(_is_about(each, other) for each in attributes for other in wrong)

    def passes(check: Callable[[], object]) -> bool:
        try:
            check()
        except ValidationError as error:
            found.append(error)
            return False
        return True

    for check in checks_of(job, scope):
        is_known = is_wrong(check.attributes) if check.attributes else bool(wrong)
        if not is_known and not passes(check.run):
            wrong.update(check.attributes[:1])
    for argument in arguments_of(job, scope):
        if not is_wrong([argument.attribute]):
            passes(argument.classify)
    return found


def _is_about(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


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
