"""Job classes by job type."""

from __future__ import annotations

from typing import Any

from amlrest._wire import from_wire
from amlrest._wire.fields import look_up
from amlrest.resources.jobs import CommandJob, Job


def read_job(raw: Any) -> Any:
    """Return a `CommandJob` or `SweepJob`; a plain `Job` for any other type."""
    kind = str(look_up(raw, ("properties", "jobType"))).lower()
    if kind == "command":
        return from_wire(CommandJob, raw)
    if kind == "sweep":
        from amlrest.resources.sweep import SweepJob

        return from_wire(SweepJob, raw)
    return from_wire(Job, raw)
