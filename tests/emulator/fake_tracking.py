"""Fake tracking store in a folder, for runner tests without MLflow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from amlrest_emulator.runner import TrackedRun
from amlrest_emulator.runner.open_runs import OpenRun


class FolderTracking:
    """Keeps runs in memory; a command logs a metric by adding a line to a file.

    The file is ``$MLFLOW_TRACKING_URI/$MLFLOW_RUN_ID.<metric>``.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.parents: dict[str, str] = {}
        self.ended: dict[str, str] = {}
        self.parameters: dict[str, dict[str, str]] = {}
        self.reads: Counter[str] = Counter()

    @property
    def uri(self) -> str:
        return str(self.folder)

    def create_run(
        self, name: str, experiment: str, parent_run_id: str, arguments: Mapping[str, Any]
    ) -> TrackedRun:
        run_id = f"run-{name}"
        self.parents[run_id] = parent_run_id
        return TrackedRun(run_id, "1")

    def finish_run(self, run_id: str, status: str) -> None:
        self.ended[run_id] = status

    def open_runs(self) -> list[OpenRun]:
        return [
            OpenRun(run_id, "1", run_id.removeprefix("run-"), "exp")
            for run_id in self.parents
            if run_id not in self.ended
        ]

    def metric_history(self, run_id: str, key: str) -> list[float]:
        self.reads[run_id] += 1
        path = self.folder / f"{run_id}.{key}"
        return [float(line) for line in path.read_text().split()] if path.exists() else []

    def artifacts(self, run_id: str) -> dict[str, Path]:
        return {"": self.folder / f"{run_id}.artifacts"}

    def add_parameters(self, run_id: str, parameters: dict[str, str]) -> None:
        self.parameters[run_id] = parameters
