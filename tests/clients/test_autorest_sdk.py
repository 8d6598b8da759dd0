"""The SDK that AutoRest makes of 2021's documents runs the whole workflow."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from amlrest_emulator import start

from tests import azure_ai_ml, official
from tests.clients import autorest_sdk
from tests.emulator.arm import Arm

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), official.needed]

WORKFLOW = Path(__file__).with_name("autorest_workflow.py")
MAIN = """\
import sys

import mlflow

print("table", open(sys.argv[1]).read())
mlflow.log_metric("loss", float(sys.argv[2]) if sys.argv[2:] else 1.0)
"""


def test_the_whole_workflow(tmp_path: Path) -> None:
    package, python = autorest_sdk.folder(), azure_ai_ml.interpreter()
    (tmp_path / "src").mkdir()
    (tmp_path / "src/main.py").write_text(MAIN)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AZURE", "AMLREST"))}
    with start(tmp_path / "state", tls=True) as workspace:
        done = subprocess.run(
            [python, WORKFLOW, tmp_path, tmp_path / "found.json"],
            env=inherited | workspace.environment() | {"PYTHONPATH": str(package)},
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        logs = Arm(workspace)
        found = json.loads((tmp_path / "found.json").read_text())
        best = found["sweep"]["properties"]["best_child_run_id"]
        path = f"/mlflow/v1.0{logs.id}/api/2.0/mlflow/runs/get"
        metrics = logs.http.get(path, params={"run_id": best}).json()["run"]["data"]["metrics"]
    assert [metric["value"] for metric in metrics] == [0.25]
    assert sorted(found["computes"]) == ["cpu-cluster", "made-2021"]
    assert found["upload"] == "workspaceblobstore"
    assert found["register"] == ["environments/versions", "data/versions", "codes/versions"]
    assert found["command"]["status"] == found["sweep"]["status"] == "Completed"
    assert found["cancel"] == "Canceled"
    assert found["manage"] == {"names": ["endless-2021", "command-2021"], "status": 404}
