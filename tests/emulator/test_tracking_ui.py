"""MLflow's own UI on the store of a local workspace."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path

import httpx
import pytest
from amlrest_emulator.tracking import ui_command
from amlrest_emulator.tracking.store import MlflowTracking

pytestmark = pytest.mark.slow


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answer(url: str, process: subprocess.Popen[bytes]) -> httpx.Response:
    deadline = time.monotonic() + 150
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return httpx.post(url, json={"max_results": 10}, timeout=30)
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError("the UI did not answer")


def test_the_ui_shows_the_runs_of_the_workspace(tmp_path: Path) -> None:
    MlflowTracking(tmp_path).create_run("job", "shown in the ui", "")
    port = _free_port()
    environment = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true"}
    with (tmp_path / "ui.log").open("w") as log:
        process = subprocess.Popen(
            ui_command(tmp_path, port),
            stdout=log,
            stderr=log,
            env=environment,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}/ajax-api/2.0/mlflow/experiments/search"
        found = _answer(url, process).json()["experiments"]
    finally:
        os.killpg(process.pid, 9)
        process.wait()
    assert "shown in the ui" in {item["name"] for item in found}
