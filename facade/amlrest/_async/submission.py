"""Submission: turn a job as it is written into one that refers to the workspace only.

Environment, code and inputs do not wait for each other until all files are uploaded, so a first
submission takes five round trips: look-ups, listing the datastore, files, registering, the job. One
that changes nothing takes two. References are looked up in the first of them, and nothing is
registered for a job that cannot be accepted.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from amlrest._async.registrar import Registrar
from amlrest._runtime import aio as rt
from amlrest.resources.asset_arguments import Resolved, classify
from amlrest.resources.job_shape import with_data
from amlrest.resources.jobs import CommandJob

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from amlrest._async.core import Core
    from amlrest._async.single_flight import SingleFlight
    from amlrest._files.transfer import Progress
    from amlrest.resources.asset_arguments import AssetArgument
    from amlrest.resources.jobs import ComputeJob, Input


async def prepare(
    core: Core,
    job: ComputeJob,
    on_progress: Callable[[Progress], None] | None,
    same_name: SingleFlight[Any],
) -> ComputeJob:
    """Return a copy of the job that refers only to what is in the workspace.

    Args:
        core: the workspace.
        job: as the user wrote it.
        on_progress: called with upload progress.
        same_name: returns the job that has the name already, or None.

    Raises:
        ValidationError: a file or name cannot be used; nothing was sent.
        ResourceNotFoundError: a reference does not exist; nothing was registered.
        ResourceExistsError: the name is taken by another job; nothing was registered.
    """
    ready = copy.copy(job)
    if isinstance(ready, CommandJob):
        run: Any = ready
    else:
        run = ready.trial = copy.copy(ready.trial)  # type: ignore[attr-defined]
    later = core.scope.dialect is not None
    arguments = await rt.in_thread(lambda: list(_arguments(job.compute, run, later)))
    resolved = await Registrar(core, arguments, on_progress, same_name).resolve()
    _, run.environment, run.code, *data = resolved
    if run.inputs is not None:
        pairs = zip(run.inputs.items(), data, strict=False)
        run.inputs = {name: with_data(given, asset) for (name, given), asset in pairs}
    return ready


def _arguments(compute: Any, run: Any, later: bool) -> Iterator[AssetArgument]:
    """Classify what a job refers to or is written with.

    Args:
        compute: the compute target.
        run: the job, or the trial of a sweep.
        later: whether the API version takes URIs as inputs.
    """
    yield classify("computes", compute)
    yield classify("environments", run.environment)
    yield classify("codes", run.code)
    for given in (run.inputs or {}).values():
        yield _input_argument(given, later)
    for output in (run.outputs or {}).values():
        yield classify("datastores", output and output.datastore)


def _input_argument(given: Input | None, later: bool) -> AssetArgument:
    if given is None or given.data is None:
        return Resolved(None)
    if later and isinstance(given.data, str) and "://" in given.data:
        return Resolved(given.data)
    kind = "models" if str(given.type).endswith("_model") else "data"
    return classify(kind, given.data)
