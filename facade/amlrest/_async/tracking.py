"""Metrics and trials, from the workspace's MLflow tracking service."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from amlrest.errors import TransportError
from amlrest.resources.trials import from_run, in_order, logged_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amlrest._async.core import Core
    from amlrest.resources.results import TrialRun

DEFAULT_EXPERIMENT = "Default"
PAGE = 1000


class Tracking:
    """Reads the tracking store (MLflow REST API 2.0); a run has the name of its job."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._experiments: dict[str, str] = {}

    async def run(self, name: str) -> TrialRun:
        """Get a run with its parameters, last metrics and times."""
        response = await self._get("runs/get", {"run_id": name})
        with _mlflow_errors():
            return from_run(response.get("run") or {})

    async def metrics(self, run: str) -> dict[str, float]:
        """Get the last value of each metric of a run."""
        return (await self.run(run)).metrics

    async def history(self, run: str, metric: str) -> list[tuple[int, float]]:
        """Get all values of a metric as (step, value), ordered by step."""
        response = await self._get("metrics/get-history", {"run_id": run, "metric_key": metric})
        with _mlflow_errors():
            found = response.get("metrics") or ()
            points = [(int(m.get("step") or 0), logged_value(m["value"])) for m in found]
        return sorted(points, key=lambda point: point[0])  # NaN has no order

    async def trials(self, sweep: str, experiment: str | None) -> list[TrialRun]:
        """Get the runs whose parent is a sweep."""
        query: dict[str, Any] = {
            "experiment_ids": [await self._experiment_id(experiment or DEFAULT_EXPERIMENT)],
            "filter": f"tags.mlflow.parentRunId = '{sweep}'",
            "max_results": PAGE,
        }
        trials: list[TrialRun] = []
        followed: set[str] = set()
        while True:
            url = await self._url("runs/search")
            response = await self._core.post_json(url, query, repeatable=True)
            with _mlflow_errors():
                trials.extend(from_run(run) for run in response.get("runs") or ())
                token = query["page_token"] = response.get("next_page_token")
            if not token:
                return in_order(trials)
            if token in followed:
                raise TransportError(
                    "the list of trials does not end: its page_token was followed before"
                )
            followed.add(token)

    async def _experiment_id(self, name: str) -> str:
        """Get the id of an experiment, once: the trials of a sweep that runs are read often."""
        if name not in self._experiments:
            found = await self._get("experiments/get-by-name", {"experiment_name": name})
            with _mlflow_errors():
                self._experiments[name] = found["experiment"]["experiment_id"]
        return self._experiments[name]

    async def _get(self, what: str, params: dict[str, str]) -> dict[str, Any]:
        response = await self._core.get_json(await self._url(what), params)
        return response if isinstance(response, dict) else {}

    async def _url(self, what: str) -> str:
        base = await self._core.discover()
        return f"{base}/mlflow/v1.0{self._core.workspace_id}/api/2.0/mlflow/{what}"


@contextmanager
def _mlflow_errors() -> Iterator[None]:
    """Raise TransportError for a response that is not what MLflow documents."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise TransportError(
            f"the tracking service's response is not a valid MLflow response: {error!r}"
        ) from error
