# Generated from facade/amlrest/_async/tracking.py by `python codegen.py generate`; edit the async source.
"""Metrics and trials, from the workspace's MLflow tracking service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest.trials import from_run, in_order, metrics_of

if TYPE_CHECKING:
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
        return metrics_of(answer.get("run") or {})

    def history(self, run: str, metric: str) -> list[tuple[int, float]]:
        """Get every value of a metric as (step, value), in the order of the steps."""
        answer = self._get("metrics/get-history", {"run_id": run, "metric_key": metric})
        found = answer.get("metrics") or ()
        return sorted((int(m.get("step") or 0), float(m["value"])) for m in found)

    def trials(self, sweep: str, experiment: str | None) -> list[TrialRun]:
        """Get the runs whose parent is a sweep."""
        wanted = experiment or DEFAULT_EXPERIMENT
        found = self._get("experiments/get-by-name", {"experiment_name": wanted})
        query: dict[str, Any] = {
            "experiment_ids": [found["experiment"]["experiment_id"]],
            "filter": f"tags.mlflow.parentRunId = '{sweep}'",
            "max_results": PAGE,
        }
        trials: list[TrialRun] = []
        while True:
            answer = self._core.post_json(self._url("runs/search"), query, repeatable=True)
            trials.extend(from_run(run) for run in answer.get("runs") or ())
            query["page_token"] = answer.get("next_page_token")
            if not query["page_token"]:
                return in_order(trials)

    def _get(self, what: str, params: dict[str, str]) -> dict[str, Any]:
        answer = self._core.get_json(self._url(what), params)
        return answer if isinstance(answer, dict) else {}

    def _url(self, what: str) -> str:
        base = self._core.discover()
        return f"{base}/mlflow/v1.0{self._core.workspace_id}/api/2.0/mlflow/{what}"
