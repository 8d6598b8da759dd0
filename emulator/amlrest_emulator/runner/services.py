"""What all executions of commands share: stores, the nodes, the environments, the launcher."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from amlrest_emulator.blob import BlobStore
from amlrest_emulator.files import StateFolder
from amlrest_emulator.runner.command_log import DEFAULT_LIMIT
from amlrest_emulator.runner.environments import Environments
from amlrest_emulator.runner.launcher import Launcher
from amlrest_emulator.runner.nodes import Nodes
from amlrest_emulator.runner.open_runs import OpenRun
from amlrest_emulator.runner.reserve import Reserve
from amlrest_emulator.runner.run_folder import RunFolder
from amlrest_emulator.runner.run_store import RunRecord, RunStore

GRACE = 10.0


@dataclass(frozen=True, slots=True)
class TrackedRun:
    """A run in the tracking store."""

    run_id: str
    experiment_id: str


class Tracking(Protocol):
    """Interface of the tracking store; all methods block."""

    @property
    def uri(self) -> str:
        """MLFLOW_TRACKING_URI of the commands."""

    def create_run(
        self, name: str, experiment: str, parent_run_id: str, arguments: Mapping[str, Any]
    ) -> TrackedRun:
        """Create a run; with a parent run id, as a trial of that run with these arguments."""

    def finish_run(self, run_id: str, status: str) -> None:
        """End a run with a terminal job status."""

    def open_runs(self) -> list[OpenRun]:
        """Return the runs that have not ended."""

    def metric_history(self, run_id: str, key: str) -> list[float]:
        """Return the values of a metric in the order of their steps."""

    def artifacts(self, run_id: str) -> dict[str, Path]:
        """Return the artifact folders of a run by their artifact path."""

    def add_parameters(self, run_id: str, parameters: dict[str, str]) -> None:
        """Log the parameters that the command has not logged itself."""


@dataclass(frozen=True, slots=True)
class Services:
    """Services that all executions share.

    Attributes:
        folder: parent of the run folders.
        scope: subscription id, resource group and workspace name.
        capacity: returns the number of nodes of a compute.
        environments: prepares the environments of the jobs.
        job_tracking: returns the variables with which a command in a built environment, whose
            MLflow may be of any version, finds its tracking server.
        grace: seconds between SIGTERM and SIGKILL.
        stopping: set when the local workspace is stopping.
        launcher: starts the commands.
        log_limit: bytes that each log of a run keeps.
    """

    folder: Path
    blobs: BlobStore
    runs: RunStore
    tracking: Tracking
    nodes: Nodes
    scope: tuple[str, str, str]
    capacity: Callable[[str], int]
    environments: Environments
    job_tracking: Callable[[str], dict[str, str]]
    grace: float = GRACE
    stopping: threading.Event = field(default_factory=threading.Event)
    launcher: Launcher = field(default_factory=Launcher)
    log_limit: int = DEFAULT_LIMIT

    @property
    def reserve(self) -> Reserve:
        """Disk space for the ends of runs."""
        return Reserve(StateFolder(self.folder.parent).reserve)

    def end_run(self, name: str, **changes: Any) -> RunRecord:
        """Store the end of a run; on a full disk, in the space that is reserved for it."""
        try:
            return self.runs.update(name, **changes)
        except sqlite3.Error:
            self.reserve.release()
            return self.runs.update(name, **changes)

    @property
    def mark(self) -> str:
        """Start of the mark of all processes of all runs."""
        return f"{self.folder}/"

    def run_folder(self, name: str) -> RunFolder:
        """Return the folder of a run."""
        return RunFolder(name, self.folder / name.lower())

    def show_logs(self, record: RunRecord) -> None:
        """Make the files in ``./logs`` of a running command readable as blobs."""
        if record.status == "Running":
            self.run_folder(record.name).show_logs(self.blobs)
