"""Filter of jobs, for what the service cannot filter by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amlrest.resources.jobs import Job


def matches(
    job: Job,
    status: str | None,
    experiment_name: str | None,
    tags: Mapping[str, str] | None,
    properties: Mapping[str, str] | None,
) -> bool:
    """Return whether a job has all that is not None."""
    if experiment_name not in (None, getattr(job, "experiment_name", None)):
        return False
    same_status = status is None or str(job.status).lower() == status.lower()
    return same_status and _holds(job.tags, tags) and _holds(job.properties, properties)


def _holds(found: Any, wanted: Mapping[str, str] | None) -> bool:
    labels = found if isinstance(found, dict) else {}
    return all(labels.get(key) == value for key, value in (wanted or {}).items())
