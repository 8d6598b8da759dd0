"""The official SDK works with the local workspace unchanged.

The client is the one of docs/local-workspace.md, as it stands; see sdk_workflow.py for the steps.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from amlrest_emulator import LocalWorkspace, start

from tests import azure_ai_ml
from tests.emulator.arm import Arm
from tests.emulator.job_requests import wait

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs/local-workspace.md"
MAIN = """\
import pathlib, sys

table, rate, out = sys.argv[1:]
print("table", (pathlib.Path(table) / "a.csv").read_text())
pathlib.Path("outputs").mkdir()
pathlib.Path("outputs/model.txt").write_text(f"rate {rate}")
(pathlib.Path(out) / "out.txt").write_text("put out")
"""


SCORE = """\
import json, os, pathlib

def init():
    global weight
    weight = int(pathlib.Path(os.environ["AZUREML_MODEL_DIR"], "weights/w.txt").read_text())

def run(data):
    return json.loads(data)["x"] * weight
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalWorkspace]:
    with start(tmp_path_factory.mktemp("local"), tls=True) as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sdk")
    files = {
        "in/a.csv": "a,b\n1,2\n",
        "in/sub/ü.csv": "c",
        "src/main.py": MAIN,
        "scoring/score.py": SCORE,
        "weights/w.txt": "3",
        "request.json": '{"x": 2}',
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def run(workspace: LocalWorkspace, folder: Path) -> subprocess.CompletedProcess[str]:
    """The finished workflow."""
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    [snippet] = [block for block in blocks if "MLClient" in block]
    (folder / "client.py").write_text(snippet, encoding="utf-8")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AZURE", "AMLREST"))}
    return subprocess.run(
        [
            azure_ai_ml.interpreter(),
            HERE / "sdk_workflow.py",
            folder / "client.py",
            folder,
            folder / "found.json",
        ],
        env=inherited | workspace.environment() | {"HOME": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


@pytest.fixture(scope="module")
def found(run: subprocess.CompletedProcess[str], folder: Path) -> dict[str, Any]:
    assert run.returncode == 0, run.stdout + run.stderr
    results: dict[str, Any] = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    return results


@pytest.fixture(scope="module")
def arm(workspace: LocalWorkspace) -> Arm:
    return Arm(workspace)


def test_the_snippet_lists_the_computes(
    run: subprocess.CompletedProcess[str], found: dict[str, Any]
) -> None:
    assert found
    assert run.stdout.startswith("['cpu-cluster']\n")


def test_a_datastore_is_created_listed_and_deleted(found: dict[str, Any]) -> None:
    assert found["datastores"] == {
        "made": "sdk_store",
        "container": "azureml-blobstore",
        "listed": ["workspaceblobstore", "workspaceartifactstore", "sdk_store"],
        "default": "workspaceblobstore",
        "deleted": "ResourceNotFoundError",
    }


def test_deployments_are_called_with_keys_and_tokens(found: dict[str, Any]) -> None:
    modes = ("key", "aml_token", "aad_token")
    assert found["deployments"]["found"] == {mode: ["Succeeded", "6", "6"] for mode in modes}
    assert "POST /score 200" in found["deployments"]["log"]


def test_files_and_folders_become_data(found: dict[str, Any], arm: Arm) -> None:
    data = found["data"]
    assert data["versions"] == ["1", "2"]
    assert data["latest"] == "2"
    assert sorted(data["listed"]) == ["1", "2"]
    assert set(data["names"]) == {"sdk-file", "sdk-folder"}
    assert data["type"] == "uri_folder"
    prefix = data["path"].partition("/paths/")[2].rstrip("/")
    listed = arm.http.get(
        "/amlrestlocal/azureml-blobstore",
        params={"restype": "container", "comp": "list", "prefix": prefix},
    )
    names = re.findall(r"<Name>(.*?)</Name>", listed.text)
    assert names == [f"{prefix}/a.csv", f"{prefix}/sub/ü.csv"]


def test_environments_are_registered(found: dict[str, Any]) -> None:
    environments = found["environments"]
    assert environments["image"] == "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04"
    assert environments["conda"] == {"dependencies": ["python=3.11", {"pip": ["lightgbm"]}]}
    assert environments["unversioned"] == "1"
    assert environments["names"] == ["sdk", "sdk2"]


def test_clusters_and_endpoints_come_and_go(found: dict[str, Any]) -> None:
    assert found["computes"] == {
        "state": "Succeeded",
        "nodes": 3,
        "listed": ["cpu-cluster", "sdk-cluster"],
        "deleted": "ResourceNotFoundError",
    }
    assert found["endpoints"] == {
        "state": "Succeeded",
        "listed": ["sdk-endpoint"],
        "keys": 2,
        "left": [],
    }


def test_a_batch_endpoint_runs_its_deployment(found: dict[str, Any], arm: Arm) -> None:
    batch = found["batch_scoring"]
    assert batch["scores"] == {"named-outputs/score/predictions.csv": "a.txt 9\nb.txt 16\n"}
    assert batch["default"] == "blue"
    assert batch["of endpoint"] == [["second", "Completed"], ["first", "Completed"]]
    assert batch["of deployment"] == ["second", "first"]
    placed = arm.http.get("/amlrestlocal/azureml-blobstore/sdk-batch/predictions.csv")
    assert placed.text == "a.txt 9\nb.txt 16\n"


def test_a_command_job_runs_and_its_log_is_streamed(
    run: subprocess.CompletedProcess[str], found: dict[str, Any], arm: Arm
) -> None:
    job = found["command_job"]
    assert job["statuses"] == ["Completed", "Completed"]
    assert "table a,b\n3,4\n" in run.stdout
    assert job["same code"] == [True]
    assert job["changed"] == ["renamed", {"by": "sdk", "more": "tags"}]
    assert job["archived"] == [False, True]
    assert job["services"] is None
    assert arm("GET", f"jobs/{job['name']}").json()["properties"]["status"] == "Completed"


def test_what_a_job_has_put_out_is_downloaded(found: dict[str, Any]) -> None:
    job = found["command_job"]
    assert job["one"] == {"named-outputs/out/out.txt": "put out"}
    own = {k: v for k, v in job["all"].items() if "azureml-logs" not in k}
    assert own == {
        "named-outputs/out/out.txt": "put out",
        "artifacts/outputs/model.txt": "rate 0.25",
        "artifacts/user_logs/std_log.txt": "table a,b\n3,4\n\n",
        "artifacts/user_logs/stdout.txt": "table a,b\n3,4\n\n",
        "artifacts/user_logs/stderr.txt": "",
    }


def test_a_job_may_have_all_it_needs_in_itself(found: dict[str, Any]) -> None:
    job = found["inline_job"]
    assert job["status"] == "Completed"
    assert job["environment"].startswith("CliV2AnonymousEnvironment:")
    assert job["log"].splitlines() == ["a,b", "3,4", "c"]


def test_what_a_job_has_put_out_becomes_assets(found: dict[str, Any]) -> None:
    job = found["job_outputs"]
    assert job["status"] == "Completed"
    assert list(job["model"].values()) == ["rate 0.25"]
    assert job["log"] == "rate 0.25put out"


def test_a_failed_job_is_an_error_and_a_canceled_one_ends(found: dict[str, Any], arm: Arm) -> None:
    jobs = found["failing_job"]
    assert jobs["failed"] == ["JobException", "Failed"]
    assert jobs["missing"] == "ResourceNotFoundError"
    assert wait(arm, jobs["canceled"])["status"] == "Canceled"


def test_a_sweep_has_trials_and_a_best_one(found: dict[str, Any], arm: Arm) -> None:
    sweep = found["sweep_job"]
    name = sweep["name"]
    assert sweep["status"] == "Completed"
    assert sweep["trials"] == {f"{name}_0": "Completed", f"{name}_1": "Completed"}
    assert sweep["trial"] == "command"
    logged = {}
    for trial in sweep["trials"]:
        path = f"/mlflow/v1.0{arm.id}/api/2.0/mlflow/runs/get"
        metrics = arm.http.get(path, params={"run_id": trial}).json()["run"]["data"]["metrics"]
        logged[trial] = metrics[0]["value"]
    assert logged[sweep["best"]] == min(logged.values())
    assert sweep["files"]["artifacts/outputs/kind"].strip() in {"x", "y"}
    assert "artifacts/user_logs/std_log.txt" in sweep["files"]


def test_a_folder_becomes_a_model(found: dict[str, Any]) -> None:
    assert found["models"]["version"] == "1"
    assert [Path(each).name for each in found["models"]["files"]] == ["main.py"]
