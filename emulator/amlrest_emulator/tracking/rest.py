"""Read operations of MLflow's REST API, with job names as run ids."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from amlrest_emulator.runner import RunStore
from amlrest_emulator.tracking.store import PARENT_TAG, MlflowTracking

_RUN_FILTER = re.compile(
    r"""((?:mlflow\.parentRunId[`"]?|run_id)\s*=\s*)(?:'([^']*)'|"([^"]*)")""", re.IGNORECASE
)
_NUMBER = re.compile("[0-9]{1,9}")
_MAX_RESULTS = 50_000
_MAX_OFFSET = 2**31
Parameters = Mapping[str, Any]


class ParameterError(ValueError):
    """A parameter of the wrong type; the message names it."""


class UnknownRunError(LookupError):
    """A run or experiment that does not exist."""


class TrackingReads:
    """The read operations, each from parameters to JSON; all block.

    Args:
        tracking: tracking store.
        runs: run store, which maps job names to MLflow run ids.
    """

    def __init__(self, tracking: MlflowTracking, runs: RunStore) -> None:
        self._tracking = tracking
        self._runs = runs
        self.reads: dict[str, Callable[[Parameters], dict[str, Any]]] = {
            "runs/get": self.get_run,
            "runs/search": self.search_runs,
            "metrics/get-history": self.metric_history,
            "experiments/get-by-name": self.experiment_by_name,
        }

    def get_run(self, parameters: Parameters) -> dict[str, Any]:
        """Get Run."""
        from mlflow.protos.service_pb2 import GetRun

        run = self._tracking.client.get_run(self._run_id(parameters))
        response = GetRun.Response()
        response.run.MergeFrom(run.to_proto())
        return self._with_job_names(_to_json(response))

    def search_runs(self, parameters: Parameters) -> dict[str, Any]:
        """Search Runs; a filter on ``mlflow.parentRunId`` takes the name of the sweep."""
        from mlflow.protos.service_pb2 import SearchRuns

        page = self._tracking.client.search_runs(
            experiment_ids=_texts(parameters, "experiment_ids"),
            filter_string=self._filter(_text(parameters, "filter")),
            max_results=_count(parameters, "max_results", 1000),
            order_by=_texts(parameters, "order_by"),
            page_token=_page_token(parameters),
        )
        response = SearchRuns.Response()
        response.runs.extend([run.to_proto() for run in page])
        if page.token:
            response.next_page_token = page.token
        return self._with_job_names(_to_json(response))

    def metric_history(self, parameters: Parameters) -> dict[str, Any]:
        """Get Metric History."""
        from mlflow.protos.service_pb2 import GetMetricHistory

        response = GetMetricHistory.Response()
        points = self._tracking.client.get_metric_history(
            self._run_id(parameters), _text(parameters, "metric_key")
        )
        response.metrics.extend([point.to_proto() for point in points])
        return _to_json(response)

    def experiment_by_name(self, parameters: Parameters) -> dict[str, Any]:
        """Get Experiment By Name."""
        from mlflow.protos.service_pb2 import GetExperimentByName

        name = _text(parameters, "experiment_name")
        found = self._tracking.client.get_experiment_by_name(name)
        if found is None:
            raise UnknownRunError(f"There is no experiment {name!r}.")
        response = GetExperimentByName.Response()
        response.experiment.MergeFrom(found.to_proto())
        return _to_json(response)

    def _run_id(self, parameters: Parameters) -> str:
        name = _text(parameters, "run_id") or _text(parameters, "run_uuid")
        record = self._runs.find(name)
        if record is not None and not record.run_id:
            raise UnknownRunError(f"The run {name!r} has not started.")
        return record.run_id if record else name

    def _filter(self, text: str) -> str:
        def resolved(match: re.Match[str]) -> str:
            name = match[2] or match[3] or ""
            record = self._runs.find(name)
            return f"{match[1]}'{record.run_id if record and record.run_id else name}'"

        return _RUN_FILTER.sub(resolved, text)

    def _with_job_names(self, response: dict[str, Any]) -> dict[str, Any]:
        """Replace MLflow run ids with job names."""
        found = [response["run"]] if "run" in response else response.get("runs", [])
        ids = {run["info"]["run_id"] for run in found} | {
            tag["value"] for run in found for tag in _parents(run)
        }
        names = {key: item.name for key, item in self._runs.by_run_ids(sorted(ids)).items()}
        for run in found:
            for key in ("run_id", "run_uuid"):
                run["info"][key] = names.get(run["info"][key], run["info"][key])
            for tag in _parents(run):
                tag["value"] = names.get(tag["value"], tag["value"])
        return response


def _text(parameters: Parameters, name: str) -> str:
    value = parameters.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ParameterError(f"{name} must be a string, not {value!r:.80}")
    return value


def _texts(parameters: Parameters, name: str) -> list[str]:
    value = parameters.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ParameterError(f"{name} must be an array of strings, not {value!r:.80}")
    return value


def _page_token(parameters: Parameters) -> str | None:
    """Return the page token; MLflow reports one of other making as an error of its own."""
    text = _text(parameters, "page_token")
    if not text:
        return None
    try:
        offset = json.loads(base64.b64decode(text, validate=True))["offset"]
    except (ValueError, KeyError, TypeError, RecursionError):
        offset = None
    if isinstance(offset, bool) or not isinstance(offset, int) or not 0 <= offset <= _MAX_OFFSET:
        raise ParameterError("page_token must be the next_page_token of a search")
    return text


def _count(parameters: Parameters, name: str, default: int) -> int:
    value = parameters.get(name)
    if value is None:
        return default
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MAX_RESULTS:
        raise ParameterError(f"{name} must be from 1 to {_MAX_RESULTS}, not {value!r:.80}")
    return value


def _parents(run: dict[str, Any]) -> list[dict[str, Any]]:
    return [tag for tag in run.get("data", {}).get("tags", []) if tag["key"] == PARENT_TAG]


def _to_json(message: Any) -> dict[str, Any]:
    from mlflow.utils.proto_json_utils import message_to_json

    data: dict[str, Any] = json.loads(message_to_json(message))
    return data
