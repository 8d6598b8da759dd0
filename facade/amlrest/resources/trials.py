"""Trials of a sweep: read from MLflow runs, sort and compare."""

from __future__ import annotations

import json
import math
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from amlrest.names import near
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
_SAMPLED = "hyperparameters"
"""The tag of a trial with its hyperparameters as JSON."""
_EPOCH = datetime.fromtimestamp(0, UTC)


def from_run(run: Any) -> TrialRun:
    """Return the trial for an MLflow run."""
    info, data = run.get("info") or {}, run.get("data") or {}
    status = str(info.get("status"))
    return TrialRun(
        name=_name(run),
        status=STATUS.get(status.upper(), status),
        parameters=_sampled(data) | _logged(data),
        metrics=metrics_of(run),
        started_at=_moment(info.get("start_time")),
        ended_at=_moment(info.get("end_time")),
    )


def _logged(data: Any) -> dict[str, str]:
    return {str(p["key"]): str(p.get("value")) for p in data.get("params") or ()}


def _sampled(data: Any) -> dict[str, str]:
    """Return the hyperparameters in the tag of a trial, which is there before they are logged."""
    tags = {tag.get("key"): tag.get("value") for tag in data.get("tags") or ()}
    try:
        found = json.loads(tags.get(_SAMPLED) or "{}")
    except (TypeError, ValueError):
        return {}
    items = found.items() if isinstance(found, dict) else ()
    return {name.lstrip("-"): str(value) for name, value in items}


def _moment(milliseconds: Any) -> datetime | None:
    """Return the time that MLflow writes, as text or as a number; zero is no time."""
    if not milliseconds:
        return None
    try:
        return _EPOCH + timedelta(milliseconds=int(milliseconds))
    except OverflowError:
        return None


def metrics_of(run: Any) -> dict[str, float]:
    """Return the last value of each metric of an MLflow run."""
    return {str(metric["key"]): logged_value(metric["value"]) for metric in _metrics(run)}


def _metrics(run: Any) -> Any:
    return (run.get("data") or {}).get("metrics") or ()


def _name(run: Any) -> str:
    info = run.get("info") or {}
    return str(info.get("run_id") or info.get("run_uuid"))


def logged_value(written: Any) -> float:
    """Return the value of a metric; MLflow's databases keep infinity as the largest float."""
    value = float(written)
    return math.copysign(math.inf, value) if abs(value) == sys.float_info.max else value


def no_such_metric(name: str, known: Iterable[str]) -> str:
    """Return the message for a metric that a job has not logged."""
    names = sorted(known)
    hint = near(name, names) or f"available: {', '.join(names) or 'none yet'}"
    return f"no metric {name!r}; {hint}"


def in_order(trials: Iterable[TrialRun]) -> list[TrialRun]:
    """Return the trials by number, which is the end of the name."""
    return sorted(trials, key=lambda trial: (len(trial.name), trial.name))


def sweep_of(trial: str) -> str | None:
    """Return the sweep of a trial, which is named ``<sweep>_<number>``; None for other names."""
    sweep, _, number = trial.rpartition("_")
    return sweep if sweep and number.isdecimal() else None


def named_best(sweep: Any) -> str | None:
    """Return the name of the trial that the service names as the best; None while it does not."""
    labels = sweep.properties
    return labels.get("best_child_run_id") if isinstance(labels, dict) else None


def best(
    trials: Iterable[TrialRun], objective: Objective, named: str | None = None
) -> TrialRun | None:
    """Return the best trial.

    It is the one that the service names. Else it is the one with the best score, the first of
    equal ones; failed trials, NaN and infinity are never the best.
    """
    known = list(trials)
    chosen = next((trial for trial in known if trial.name == named), None)
    if chosen is not None:
        return chosen
    metric = objective.primary_metric
    sign = -1 if objective.goal == "maximize" else 1
    valued = [t for t in known if t.status != "Failed" and math.isfinite(_value(t, metric))]
    return min(valued, key=lambda trial: sign * _value(trial, metric), default=None)


def _value(trial: TrialRun, metric: str) -> float:
    found = logged(trial, metric)
    return math.nan if found is None else found


def logged(trial: TrialRun, metric: str) -> float | None:
    """Return the best value of the primary metric that a trial has logged, or else its last one."""
    return trial.metrics.get(metric) if trial.score is None else trial.score


def to_score(
    runs: Iterable[Any], trials: Iterable[TrialRun], objective: Objective, named: str | None
) -> list[TrialRun]:
    """Return the ended trials that may have logged the primary metric more than once.

    Their last value of it has a step; or, where a script gives none, the trial that the service
    names as the best is not the one with the best last value.

    Args:
        runs: the trials as MLflow runs.
        trials: the same as trials.
        objective: of the sweep.
        named: name of the best trial as the service names it.
    """
    metric, known = objective.primary_metric, list(trials)
    ended = [each for each in known if each.ended_at is not None and metric in each.metrics]
    last = best(known, objective)
    if named is not None and last is not None and last.name != named:
        return ended
    stepped = {_name(run) for run in runs if _last_step(run, metric)}
    return [each for each in ended if each.name in stepped]


def _last_step(run: Any, metric: str) -> int:
    steps = (each.get("step") for each in _metrics(run) if each["key"] == metric)
    return int(next(steps, None) or 0)


def score(values: Iterable[float], objective: Objective) -> float | None:
    """Return the best of the values that a trial has logged; None if none is finite."""
    choose = max if objective.goal == "maximize" else min
    return choose(filter(math.isfinite, values), default=None)
