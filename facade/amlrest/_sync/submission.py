# Generated from facade/amlrest/_async/submission.py by `python codegen.py generate`; edit the async source.
"""From a job as it is written to one whose environment, code and inputs are in the workspace.

They do not wait for each other until all files are there, so a first submission takes one round
trip each for looking up, for looking into the datastore, for files, for registering and for the job
itself, and one that changes nothing takes two. What the job names beside them is looked up in the
first of them, and nothing is registered for a job that cannot be accepted.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from amlrest._runtime import sync as rt
from amlrest._sync.codes import Codes
from amlrest._sync.data import Data
from amlrest._sync.datastores import Datastores
from amlrest._sync.environments import Environments
from amlrest._sync.preconditions import Gate
from amlrest._sync.registrar import Registrar
from amlrest.names import Reference, name_of, parse_reference
from amlrest.resources.asset_arguments import check_all, is_new
from amlrest.resources.jobs import CommandJob

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from amlrest._files.transfer import Progress
    from amlrest._sync.core import Core
    from amlrest._sync.single_flight import Once
    from amlrest.resources.jobs import ComputeJob, Input


def prepare(
    core: Core,
    job: ComputeJob,
    on_progress: Callable[[Progress], None] | None,
    same_name: Once[Any],
) -> ComputeJob:
    """Return a copy of the job that names only what is in the workspace.

    Args:
        core: the workspace.
        job: as the user wrote it.
        on_progress: told how far uploads are.
        same_name: gives the job that has the name already, or None.

    Raises:
        ValidationError: a file or name is not usable; nothing was sent.
        ResourceNotFoundError: something that is named is not there; nothing was registered.
        ResourceExistsError: the name is taken by another job; nothing was registered.
    """
    ready = copy.copy(job)
    if isinstance(ready, CommandJob):
        run: Any = ready
    else:
        run = ready.trial = copy.copy(ready.trial)  # type: ignore[attr-defined]
    given = list(_given(job.compute, run))
    rt.in_thread(check_all, given)
    gate = Gate(lambda: _look_up(core, given), same_name)
    registrar = Registrar(core, on_progress, gate)
    inputs = run.inputs or {}
    checks = [gate.known.get] if any(is_new(each) for _, each in given) else []
    run.environment, run.code, *data = registrar.bring(
        lambda: registrar.environment(run.environment),
        lambda: registrar.code(run.code),
        *(_staging(each, registrar) for each in inputs.values()),
        *checks,
    )
    if run.inputs is not None:
        run.inputs = {
            name: _bound(given, asset)
            for (name, given), asset in zip(inputs.items(), data, strict=False)
        }
    return ready


def _staging(given: Input | None, registrar: Registrar) -> Callable[[], Any]:
    return lambda: registrar.data(given.data if given else None)


def _bound(given: Input | None, data: Any) -> Input | None:
    if given is None:
        return None
    bound = copy.copy(given)
    bound.data = data
    return bound


def _given(compute: Any, run: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a job refers to or brings, each with the collection it belongs to."""
    yield "computes", compute
    yield "environments", run.environment
    yield "codes", run.code
    yield from (("data", each.data) for each in (run.inputs or {}).values() if each)
    yield from (("datastores", each.datastore) for each in (run.outputs or {}).values() if each)


def _look_up(core: Core, given: list[tuple[str, Any]]) -> bool:
    """Get what a job refers to by name, so that a missing one is known before anything is made."""
    gets: dict[str, Callable[[str], Any]] = {
        "computes": lambda name: _compute(core, name),
        "environments": Environments(core).get,
        "codes": Codes(core).get,
        "data": Data(core).get,
        "datastores": Datastores(core).get,
    }
    named = [(kind, each) for kind, each in given if _refers(core, kind, each)]
    rt.gather(*(_look(gets[kind], each) for kind, each in named))
    return True


def _compute(core: Core, name: str) -> Any:
    """Get a compute without the classes for computes, which a submission has no use for."""
    return core.call("Compute_Get", compute_name=name_of("computes", name))


def _refers(core: Core, kind: str, given: Any) -> bool:
    """Whether something names a resource of this workspace."""
    if not isinstance(given, str) or is_new(given):
        return False
    found = parse_reference(kind, given)
    here = f"{core.workspace_id}/{kind}/".lower()
    return isinstance(found, Reference) or found.lower().startswith(here)


def _look(get: Callable[[str], Any], given: str) -> Callable[[], Any]:
    return lambda: get(given)
