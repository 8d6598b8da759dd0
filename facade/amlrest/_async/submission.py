"""From a job as it is written to one whose environment, code and inputs are in the workspace.

They do not wait for each other, so a first submission takes one round trip each for looking up,
for looking into the datastore, for files, for registering and for the job itself, and one that
changes nothing takes two. What the job names beside them is looked up in the first of them, and
nothing is registered for a job that cannot be accepted.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from amlrest._async.codes import Codes
from amlrest._async.data import Data
from amlrest._async.environments import Environments
from amlrest._async.once import Once
from amlrest._async.registered import Registrar, is_new
from amlrest._runtime import aio as rt
from amlrest.names import Reference, name_of, parse_reference
from amlrest.resources.jobs import CommandJob

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest._async.core import Core
    from amlrest.resources.jobs import ComputeJob, Input
    from amlrest.upload import Progress


async def prepare(
    core: Core, job: ComputeJob, on_progress: Callable[[Progress], None] | None
) -> ComputeJob:
    """Return a copy of the job that names only what is in the workspace.

    Raises:
        ResourceNotFoundError: compute, or an asset that is named, is not there.
    """
    ready = copy.copy(job)
    if isinstance(ready, CommandJob):
        run: Any = ready
    else:
        run = ready.trial = copy.copy(ready.trial)  # type: ignore[attr-defined]
    gate = Once(lambda: _look_up(core, job.compute, run))
    registrar = Registrar(core, on_progress, gate)
    inputs = run.inputs or {}
    brings = [run.environment, run.code, *(each.data for each in inputs.values() if each)]
    checks = [gate.get] if any(map(is_new, brings)) else []
    run.environment, run.code, *bound = await rt.gather(
        lambda: registrar.environment(run.environment),
        lambda: registrar.code(run.code),
        *(_binding(each, registrar) for each in inputs.values()),
        *checks,
    )
    if run.inputs is not None:
        run.inputs = dict(zip(inputs, bound, strict=False))
    return ready


def _binding(given: Input | None, registrar: Registrar) -> Callable[[], Any]:
    return lambda: _bind(given, registrar)


async def _bind(given: Input | None, registrar: Registrar) -> Any:
    if given is None:
        return None
    bound = copy.copy(given)
    bound.data = await registrar.data(given.data)
    return bound


async def _look_up(core: Core, compute: Any, run: Any) -> bool:
    """Get what a job refers to by name, so that a missing one is known before anything is made."""
    named: list[tuple[Any, str, Any]] = [
        (lambda name: _compute(core, name), "computes", compute),
        (Environments(core).get, "environments", run.environment),
        (Codes(core).get, "codes", run.code),
        *((Data(core).get, "data", each.data) for each in (run.inputs or {}).values() if each),
    ]
    await rt.gather(*(_look(get, given) for get, kind, given in named if _refers(kind, given)))
    return True


async def _compute(core: Core, name: str) -> Any:
    """Get a compute without the classes for computes, which a submission has no use for."""
    return await core.call("Compute_Get", compute_name=name_of("computes", name))


def _refers(kind: str, given: Any) -> bool:
    """Whether something names a resource of this workspace."""
    if not isinstance(given, str) or is_new(given):
        return False
    return isinstance(parse_reference(kind, given), Reference)


def _look(get: Callable[[str], Any], given: str) -> Callable[[], Any]:
    return lambda: get(given)
