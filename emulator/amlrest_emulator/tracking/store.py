"""Tracking store: MLflow with SQLite and artifact folders in the state folder.

Importing MLflow and creating its database take seconds and happen on first use, so methods are
called in worker threads, never in the event loop.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import math
import os
import shutil
import sqlite3
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from amlrest_emulator.runner import TrackedRun
from amlrest_emulator.runner.open_runs import OpenRun
from amlrest_emulator.tracking import migration
from amlrest_emulator.tracking.loading import load_mlflow
from amlrest_emulator.tracking.relocation import relocate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlflow.tracking import MlflowClient

_LOG = logging.getLogger(__name__)
_DATABASE = "mlflow.db"
PARENT_TAG = "mlflow.parentRunId"
ARGUMENTS_TAG = "hyperparameters"
"""The tag of a trial with its hyperparameters as JSON, as the service has it."""
_LONGEST_TAG = 5000
_OPEN_RUNS = """
SELECT runs.run_uuid, CAST(runs.experiment_id AS TEXT), coalesce(runs.name, ''),
    experiments.name
FROM runs JOIN experiments USING (experiment_id) WHERE runs.status = 'RUNNING'
"""
_STATUS = {"Completed": "FINISHED", "Failed": "FAILED", "Canceled": "KILLED"}


class MlflowTracking:
    """The MLflow tracking store; safe to use from several threads.

    Args:
        state_dir: folder of ``mlflow.db`` and ``mlruns``.
    """

    def __init__(self, state_dir: Path) -> None:
        self._folder = state_dir
        self._artifacts = state_dir / "mlruns"
        self._uri = store_uri(state_dir)
        self._lock = threading.Lock()
        self._client: MlflowClient | None = None
        self._experiments: dict[str, str] = {}

    @property
    def uri(self) -> str:
        """MLFLOW_TRACKING_URI of the store."""
        return self._uri

    def warm(self) -> None:
        """Import MLflow and create or migrate its database unless that is done."""
        with self._lock:
            if self._client is None:
                self._client = self._connect()

    def _connect(self) -> MlflowClient:
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        self._artifacts.mkdir(exist_ok=True)
        database = self._folder / _DATABASE
        if not database.exists():
            # Created elsewhere and moved: MLflow cannot open a partially created database.
            new = self._folder / "mlflow.new"
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            _open(store_uri(new))
            (new / _DATABASE).replace(database)
            shutil.rmtree(new)
        migration.upgrade(database)
        relocate(database, self._artifacts.resolve())
        return _open(self._uri)

    @property
    def client(self) -> MlflowClient:
        """MLflow client, connected on first use."""
        self.warm()
        if self._client is None:
            raise RuntimeError("MLflow is not connected")
        return self._client

    def create_run(
        self, name: str, experiment: str, parent_run_id: str, arguments: Mapping[str, Any]
    ) -> TrackedRun:
        """Create a run; with a parent run id, as a trial of that run.

        Args:
            name: of the job or trial.
            experiment: name of its experiment.
            parent_run_id: the run of its sweep; empty for a job.
            arguments: hyperparameters of a trial. They are a tag from the beginning, and
                parameters at the end, since the command may log them itself.
        """
        load_mlflow()
        from mlflow.exceptions import MlflowException

        tags = {"mlflow.user": _user()}
        if parent_run_id:
            tags[PARENT_TAG] = parent_run_id
        written = json.dumps(dict(arguments))
        if arguments and len(written) <= _LONGEST_TAG:
            tags[ARGUMENTS_TAG] = written
        try:
            return self._create_run(name, experiment, tags)
        except MlflowException:
            if self._experiments.pop(experiment, None) is None:
                raise
            # It may have been removed with MLflow's own tools since it was found.
            return self._create_run(name, experiment, tags)

    def _create_run(self, name: str, experiment: str, tags: dict[str, str]) -> TrackedRun:
        known = self._experiments.get(experiment)
        experiment_id = known or self._experiment_id(experiment)
        run = self.client.create_run(experiment_id, tags=tags, run_name=name)
        self._experiments[experiment] = experiment_id
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
        """End a run with a terminal job status; a deleted run is skipped."""
        load_mlflow()
        from mlflow.exceptions import MlflowException

        try:
            self.client.set_terminated(run_id, _STATUS[status], int(time.time() * 1000))
        except MlflowException as error:
            _LOG.warning("run %s could not be ended in MLflow: %s", run_id, error.message)

    def open_runs(self) -> list[OpenRun]:
        """Return the runs that have not ended; read without importing MLflow."""
        database = self._folder / _DATABASE
        if not database.exists():
            return []
        with closing(sqlite3.connect(database)) as connection:
            return [OpenRun(*row) for row in connection.execute(_OPEN_RUNS)]

    def add_parameters(self, run_id: str, parameters: dict[str, str]) -> None:
        """Log the parameters that the command has not logged itself."""
        load_mlflow()
        from mlflow.exceptions import MlflowException

        recorded = self.client.get_run(run_id).data.params if parameters else {}
        for name, value in parameters.items():
            if name in recorded:
                continue
            try:
                self.client.log_param(run_id, name, value)
            except MlflowException as error:  # it has rules of its own for names and lengths
                _LOG.warning("parameter %r of run %s is not kept: %s", name, run_id, error.message)

    def metric_history(self, run_id: str, key: str) -> list[float]:
        """Return the values of a metric in the order of their steps."""
        history = self.client.get_metric_history(run_id, key)
        points = sorted(history, key=lambda point: (point.step, point.timestamp))
        return [_logged(point.value) for point in points]

    def artifacts(self, run_id: str) -> dict[str, Path]:
        """Return the artifact folders of a run by their artifact path.

        MLflow 3 stores logged models outside the run's folder; on Azure ML a model is an artifact
        of the run under its name. Remote artifacts are skipped.
        """
        load_mlflow()
        from mlflow.exceptions import MlflowException

        try:
            run = self.client.get_run(run_id)
            outputs = run.outputs.model_outputs if run.outputs else []
            models = [self.client.get_logged_model(output.model_id) for output in outputs]
        except MlflowException as error:
            _LOG.warning(
                "artifacts of run %s could not be read from MLflow: %s", run_id, error.message
            )
            return {}
        locations = {"": run.info.artifact_uri} | {m.name: m.artifact_location for m in models}
        return {part: path for part, uri in locations.items() if (path := _local_folder(uri))}

    def delete_run(self, run_id: str) -> None:
        """Delete a run."""
        self.client.delete_run(run_id)


def _logged(value: float) -> float:
    """Return a value as it was logged: MLflow's database keeps infinity as the largest float."""
    return math.copysign(math.inf, value) if abs(value) == sys.float_info.max else value


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # containers may run under an id without a user
        return str(os.getuid())


def _open(uri: str) -> MlflowClient:
    """Return a client; create or migrate the tables here rather than in concurrent commands."""
    load_mlflow()
    from mlflow.tracking import MlflowClient

    client = MlflowClient(tracking_uri=uri)
    client.search_experiments(max_results=1)
    return client


def _local_folder(uri: str) -> Path | None:
    parts = urlsplit(uri)
    return Path(url2pathname(parts.path)) if parts.scheme in {"", "file"} else None


def _folder_name(experiment: str) -> str:
    safe = "".join(char if char.isalnum() or char in "-_" else "_" for char in experiment)
    return f"{safe[:60]}-{hashlib.sha256(experiment.encode()).hexdigest()[:8]}"


def store_uri(state_dir: Path) -> str:
    """Return the tracking URI of a state folder."""
    return f"sqlite:///{(state_dir / _DATABASE).resolve()}"
