"""Trials of a sweep: read from MLflow runs, sort and compare."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from amlrest.resources.results import TrialRun

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amlrest.resources.sweep import Objective

STATUS = {
    "RUNNING": "Running",
    "SCHEDULED": "Queued",
    "FINISHED": "Completed",
    "FAILED": "Failed",
    "KILLED": "Canceled",
}
"""Job status by MLflow run status."""


def from_run(run: Any) -> TrialRun:
    """Return the trial for an MLflow run."""
    info, data = run.get("info") or {}, run.get("data") or {}
    status = str(info.get("status"))
    return TrialRun(
        name=str(info.get("run_id") or info.get("run_uuid")),
        status=STATUS.get(status.upper(), status),
        parameters={str(p["key"]): str(p.get("value")) for p in data.get("params") or ()},
        metrics=metrics_of(run),
    )


def metrics_of(run: Any) -> dict[str, float]:
    """Return the last value of each metric of an MLflow run."""
    found = (run.get("data") or {}).get("metrics") or ()
    return {str(metric["key"]): float(metric["value"]) for metric in found}


def in_order(trials: Iterable[TrialRun]) -> list[TrialRun]:
    """Return the trials by number, which is the end of the name."""
    return sorted(trials, key=lambda trial: (len(trial.name), trial.name))


def best(trials: Iterable[TrialRun], objective: Objective) -> TrialRun | None:
    """Return the trial with the best value of the primary metric; NaN is never the best."""
    metric = objective.primary_metric
    valued = [t for t in trials if not math.isnan(t.metrics.get(metric, math.nan))]
    sign = -1 if objective.goal == "maximize" else 1
    return min(valued, key=lambda trial: sign * trial.metrics[metric], default=None)
