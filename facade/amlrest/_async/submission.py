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
from amlrest.resources.job_arguments import arguments_of
from amlrest.resources.job_shape import with_data
from amlrest.resources.jobs import CommandJob

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest._async.core import Core
    from amlrest._async.single_flight import SingleFlight
    from amlrest._files.transfer import Progress
    from amlrest.resources.jobs import ComputeJob


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
    given = arguments_of(job, core.scope)
    arguments = await rt.in_thread(lambda: [each.classify() for each in given])
    resolved = await Registrar(core, arguments, on_progress, same_name).resolve()
    _, run.environment, run.code, *data = resolved
    if run.inputs is not None:
        pairs = zip(run.inputs.items(), data, strict=False)
        run.inputs = {name: with_data(given, asset) for (name, given), asset in pairs}
    return ready
