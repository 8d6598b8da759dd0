"""Job classes by job type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._wire import from_wire
from amlrest._wire.fields import look_up
from amlrest.resources.jobs import CommandJob, Job

if TYPE_CHECKING:
    from amlrest._wire.dialect import Dialect


def read_job(raw: Any, dialect: Dialect | None = None) -> Any:
    """Return a `CommandJob` or `SweepJob`; a plain `Job` for any other type."""
    kind = str(look_up(raw, ("properties", "jobType"))).lower()
    if kind == "sweep":
        from amlrest.resources.sweep import SweepJob

        return from_wire(SweepJob, raw, dialect)
    return from_wire(CommandJob if kind == "command" else Job, raw, dialect)
