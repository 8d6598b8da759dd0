# Generated from facade/amlrest/_async/tracking.py by `python codegen.py generate`; edit the async source.
"""Metrics and trials, from the workspace's MLflow tracking service."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from amlrest.errors import TransportError
from amlrest.resources.trials import from_run, in_order, metrics_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amlrest._sync.core import Core
    from amlrest.resources.results import TrialRun

DEFAULT_EXPERIMENT = "Default"
PAGE = 1000


class Tracking:
    """Reads of the tracking store (MLflow REST API 2.0); a run is called like its job."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def metrics(self, run: str) -> dict[str, float]:
        """Get the last value of every metric of a run."""
        answer = self._get("runs/get", {"run_id": run})
        with _as_mlflow_says():
            return metrics_of(answer.get("run") or {})

    def history(self, run: str, metric: str) -> list[tuple[int, float]]:
        """Get every value of a metric as (step, value), in the order of the steps."""
        answer = self._get("metrics/get-history", {"run_id": run, "metric_key": metric})
        with _as_mlflow_says():
            found = answer.get("metrics") or ()
            return sorted((int(m.get("step") or 0), float(m["value"])) for m in found)

    def trials(self, sweep: str, experiment: str | None) -> list[TrialRun]:
        """Get the runs whose parent is a sweep."""
        wanted = experiment or DEFAULT_EXPERIMENT
        found = self._get("experiments/get-by-name", {"experiment_name": wanted})
        with _as_mlflow_says():
            number = found["experiment"]["experiment_id"]
        query: dict[str, Any] = {
            "experiment_ids": [number],
            "filter": f"tags.mlflow.parentRunId = '{sweep}'",
            "max_results": PAGE,
        }
        trials: list[TrialRun] = []
        followed: set[str] = set()
        while True:
            url = self._url("runs/search")
            answer = self._core.post_json(url, query, repeatable=True)
            with _as_mlflow_says():
                trials.extend(from_run(run) for run in answer.get("runs") or ())
                token = query["page_token"] = answer.get("next_page_token")
            if not token:
                return in_order(trials)
            if token in followed:
                raise TransportError("the trials do not end: their page_token was followed before")
            followed.add(token)

    def _get(self, what: str, params: dict[str, str]) -> dict[str, Any]:
        answer = self._core.get_json(self._url(what), params)
        return answer if isinstance(answer, dict) else {}

    def _url(self, what: str) -> str:
        base = self._core.discover()
        return f"{base}/mlflow/v1.0{self._core.workspace_id}/api/2.0/mlflow/{what}"


@contextmanager
def _as_mlflow_says() -> Iterator[None]:
    """Read an answer that should have the shape MLflow documents."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise TransportError(f"the tracking service's answer is not MLflow's: {error!r}") from error
