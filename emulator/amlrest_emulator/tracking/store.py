"""Runs in the real MLflow: a SQLite store and artifact folders in the state folder.

MLflow takes seconds to import and its database seconds to make; both happen on first use, in the
thread that calls, so callers are worker threads and never the event loop.
"""

import getpass
import hashlib
import logging
import os
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from amlrest_emulator.runner import TrackedRun

if TYPE_CHECKING:
    from mlflow.tracking import MlflowClient

_LOG = logging.getLogger(__name__)
_DATABASE = "mlflow.db"
PARENT_TAG = "mlflow.parentRunId"
_STATUS = {"Completed": "FINISHED", "Failed": "FAILED", "Canceled": "KILLED"}


class MlflowTracking:
    """The tracking store of the local workspace; safe to use from several threads.

    Args:
        state_dir: holds ``mlflow.db`` and ``mlruns``.
    """

    def __init__(self, state_dir: Path) -> None:
        self._folder = state_dir
        self._artifacts = state_dir / "mlruns"
        self._uri = store_uri(state_dir)
        self._lock = threading.Lock()
        self._client: MlflowClient | None = None

    @property
    def uri(self) -> str:
        """MLFLOW_TRACKING_URI of the store."""
        return self._uri

    def warm(self) -> None:
        """Import MLflow and make or migrate its database; returns when the store can be used."""
        with self._lock:
            if self._client is None:
                self._client = self._connect()

    def _connect(self) -> "MlflowClient":
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        self._artifacts.mkdir(exist_ok=True)
        database = self._folder / _DATABASE
        if not database.exists():
            # Elsewhere first: MLflow can never open a database that was cut off half made.
            beside = self._folder / "mlflow.new"
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir()
            _open(store_uri(beside))
            (beside / _DATABASE).replace(database)
            shutil.rmtree(beside)
        return _open(self._uri)

    @property
    def client(self) -> "MlflowClient":
        """The client, connected on first use."""
        self.warm()
        if self._client is None:
            raise RuntimeError("MLflow is not connected")
        return self._client

    def create_run(self, name: str, experiment: str, parent_run_id: str) -> TrackedRun:
        """Create a run called ``name``; a parent run id makes it a trial of that run."""
        experiment_id = self._experiment_id(experiment)
        tags = {"mlflow.user": _user()}
        if parent_run_id:
            tags[PARENT_TAG] = parent_run_id
        run = self.client.create_run(experiment_id, tags=tags, run_name=name)
        return TrackedRun(run.info.run_id, experiment_id)

    def _experiment_id(self, name: str) -> str:
        client = self.client
        with self._lock:
            found = client.get_experiment_by_name(name)
            if found is not None:
                return str(found.experiment_id)
            location = self._artifacts.joinpath(_folder_name(name)).as_uri()
            return str(client.create_experiment(name, artifact_location=location))

    def finish_run(self, run_id: str, status: str) -> None:
        """End a run with a terminal job status; one deleted meanwhile stays deleted."""
        from mlflow.exceptions import MlflowException

        try:
            self.client.set_terminated(run_id, _STATUS[status], int(time.time() * 1000))
        except MlflowException as error:
            _LOG.warning("run %s was not ended in MLflow: %s", run_id, error.message)

    def add_parameters(self, run_id: str, parameters: dict[str, str]) -> None:
        """Record the parameters of these that the command has not recorded itself."""
        recorded = self.client.get_run(run_id).data.params if parameters else {}
        for name, value in parameters.items():
            if name not in recorded:
                self.client.log_param(run_id, name, value)

    def metric_history(self, run_id: str, key: str) -> list[float]:
        """Return the logged values of a metric in the order of their steps."""
        history = self.client.get_metric_history(run_id, key)
        return [point.value for point in sorted(history, key=lambda at: (at.step, at.timestamp))]

    def artifacts(self, run_id: str) -> dict[str, Path]:
        """Return the folders of the artifacts a run logged, by their path among its artifacts.

        MLflow 3 keeps a model that a run logs outside the run's own folder; on Azure ML it is
        among the run's artifacts under its name. What is not on this machine is left out.
        """
        from mlflow.exceptions import MlflowException

        try:
            run = self.client.get_run(run_id)
            outputs = run.outputs.model_outputs if run.outputs else []
            models = [self.client.get_logged_model(output.model_id) for output in outputs]
        except MlflowException as error:
            _LOG.warning("artifacts of run %s were not found in MLflow: %s", run_id, error.message)
            return {}
        places = {"": run.info.artifact_uri} | {m.name: m.artifact_location for m in models}
        return {part: path for part, uri in places.items() if (path := _local_folder(uri))}

    def delete_run(self, run_id: str) -> None:
        """Delete a run."""
        self.client.delete_run(run_id)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # containers run under ids that no user has
        return str(os.getuid())


def _open(uri: str) -> "MlflowClient":
    """Connect; the first call makes or migrates the tables, so that no two commands do it."""
    from mlflow.tracking import MlflowClient

    client = MlflowClient(tracking_uri=uri)
    client.search_experiments(max_results=1)
    return client


def _local_folder(uri: str) -> Path | None:
    parts = urlsplit(uri)
    return Path(url2pathname(parts.path)) if parts.scheme in {"", "file"} else None


def _folder_name(experiment: str) -> str:
    kept = "".join(char if char.isalnum() or char in "-_" else "_" for char in experiment)
    return f"{kept[:60]}-{hashlib.sha256(experiment.encode()).hexdigest()[:8]}"


def store_uri(state_dir: Path) -> str:
    """Return the tracking URI of a state folder."""
    return f"sqlite:///{(state_dir / _DATABASE).resolve()}"
