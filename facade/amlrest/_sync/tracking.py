# Generated from facade/amlrest/_async/tracking.py by `python codegen.py generate`; edit the async source.
"""Metrics and trials, from the workspace's MLflow tracking service."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from amlrest._runtime import sync as rt
from amlrest.errors import TransportError
from amlrest.resources.trials import (
    from_run,
    in_order,
    logged_value,
    named_best,
    score,
    to_score,
)
from attrs import evolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amlrest._sync.core import Core
    from amlrest.resources.results import TrialRun
    from amlrest.resources.sweep import Objective

DEFAULT_EXPERIMENT = "Default"
PAGE = 1000
_AT_ONCE = 16


class Tracking:
    """Reads the tracking store (MLflow REST API 2.0); a run has the name of its job."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._experiments: dict[str, str] = {}
        self._scores: dict[tuple[Any, ...], float | None] = {}

    def run(self, name: str) -> TrialRun:
        """Get a run with its parameters, last metrics and times."""
        response = self._get("runs/get", {"run_id": name})
        with _mlflow_errors():
            return from_run(response.get("run") or {})

    def metrics(self, run: str) -> dict[str, float]:
        """Get the last value of each metric of a run."""
        return (self.run(run)).metrics

    def history(self, run: str, metric: str) -> list[tuple[int, float]]:
        """Get all values of a metric as (step, value), ordered by step."""
        response = self._get("metrics/get-history", {"run_id": run, "metric_key": metric})
        with _mlflow_errors():
            found = response.get("metrics") or ()
            points = [(int(m.get("step") or 0), logged_value(m["value"])) for m in found]
        return sorted(points, key=lambda point: point[0])  # NaN has no order

    def trials(self, sweep: Any) -> list[TrialRun]:
        """Get the runs whose parent is a sweep, by number.

        MLflow tells the last value of a metric only, so that the trials that may have logged more
        are read one by one when they have ended, each once.
        """
        runs = self._children(str(sweep.name), sweep.experiment_name or DEFAULT_EXPERIMENT)
        objective: Objective | None = getattr(sweep, "objective", None)
        with _mlflow_errors():
            trials = in_order(from_run(run) for run in runs)
            if objective is None:
                return trials
            several = to_score(runs, trials, objective, named_best(sweep))
        self._read_scores(several, objective)
        return [self._scored(trial, objective) for trial in trials]

    def _children(self, sweep: str, experiment: str) -> list[Any]:
        query: dict[str, Any] = {
            "experiment_ids": [self._experiment_id(experiment)],
            "filter": f"tags.mlflow.parentRunId = '{sweep}'",
            "max_results": PAGE,
        }
        runs: list[Any] = []
        followed: set[str] = set()
        while True:
            url = self._url("runs/search")
            response = self._core.post_json(url, query, repeatable=True)
            with _mlflow_errors():
                runs.extend(response.get("runs") or ())
                token = query["page_token"] = response.get("next_page_token")
            if not token:
                return runs
            if token in followed:
                raise TransportError(
                    "the list of trials does not end: its page_token was followed before"
                )
            followed.add(token)

    def _read_scores(self, trials: list[TrialRun], objective: Objective) -> None:
        new = [each for each in trials if _key(each, objective) not in self._scores]
        metric = objective.primary_metric
        histories = rt.gather(
            *(partial(self.history, each.name, metric) for each in new), limit=_AT_ONCE
        )
        for each, history in zip(new, histories, strict=True):
            found = score((value for _, value in history), objective)
            self._scores[_key(each, objective)] = found

    def _scored(self, trial: TrialRun, objective: Objective) -> TrialRun:
        last = trial.metrics.get(objective.primary_metric)
        alone = score([] if last is None else [last], objective)
        return evolve(trial, score=self._scores.get(_key(trial, objective), alone))

    def _experiment_id(self, name: str) -> str:
        """Get the id of an experiment, once: the trials of a sweep that runs are read often."""
        if name not in self._experiments:
            found = self._get("experiments/get-by-name", {"experiment_name": name})
            with _mlflow_errors():
                self._experiments[name] = found["experiment"]["experiment_id"]
        return self._experiments[name]

    def _get(self, what: str, params: dict[str, str]) -> dict[str, Any]:
        response = self._core.get_json(self._url(what), params)
        return response if isinstance(response, dict) else {}

    def _url(self, what: str) -> str:
        base = self._core.discover()
        return f"{base}/mlflow/v1.0{self._core.workspace_id}/api/2.0/mlflow/{what}"


def _key(trial: TrialRun, objective: Objective) -> tuple[Any, ...]:
    """Return what tells a trial from one of another sweep job of the same name."""
    return trial.name, trial.ended_at, objective.primary_metric, objective.goal


@contextmanager
def _mlflow_errors() -> Iterator[None]:
    """Raise TransportError for a response that is not what MLflow documents."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise TransportError(
            f"the tracking service's response is not a valid MLflow response: {error!r}"
        ) from error
