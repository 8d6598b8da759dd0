"""Built environments in the server process: its setting, its requests, and kill -9."""

from __future__ import annotations

import json
import os
import shlex
import signal
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from amlrest_emulator import LocalWorkspace, find, start

from tests.emulator.arm import Arm
from tests.emulator.job_requests import command_job, details, mlflow, submit, wait
from tests.emulator.test_environments import runs, wait_for, wait_for_text
from tests.emulator.wheels import wheel_folder, write_slow_source

pytestmark = pytest.mark.slow
LOG = "azureml-logs/20_image_build_log.txt"


def no_docker(tmp_path: Path) -> dict[str, str]:
    return {"DOCKER_HOST": f"unix://{tmp_path}/no-docker"}


def uv_settings(tmp_path: Path) -> dict[str, str]:
    return no_docker(tmp_path) | {
        "UV_FIND_LINKS": str(wheel_folder(tmp_path / "wheels")),
        "UV_OFFLINE": "1",
        "UV_CACHE_DIR": str(tmp_path / "uv-cache"),
    }


def environment(arm: Arm, name: str, pip: list[str]) -> str:
    """Register an environment and return its id."""
    conda = yaml.safe_dump({"dependencies": ["pip", {"pip": pip}]})
    docker = {"dockerSpecificationType": "Image", "dockerImageUri": "example.test/image"}
    body = {"properties": {"condaFile": conda, "docker": docker}}
    answer = arm("PUT", f"environments/{name}/versions/1", body)
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


def job(arm: Arm, command: str, environment_id: str) -> dict[str, Any]:
    return command_job(arm, command, environmentId=environment_id)


def log(arm: Arm, name: str) -> str:
    return str(arm.http.get(details(arm, name)["logFiles"][LOG]).text)


def check_jobs(arm: Arm) -> None:
    submit(arm, "one", job(arm, "greeting-version", environment(arm, "training", ["greeting"])))
    assert wait(arm, "one")["status"] == "Completed"
    assert "training:1" in log(arm, "one")
    assert "Built in" in log(arm, "one")
    submit(arm, "two", job(arm, "greeting-version", environment(arm, "again", ["greeting"])))
    assert wait(arm, "two")["status"] == "Completed"
    assert "Built in" not in log(arm, "two")
    submit(arm, "bad", job(arm, "true", environment(arm, "bad", ["absent"])))
    assert wait(arm, "bad")["status"] == "Failed"
    assert "absent" in json.dumps(details(arm, "bad")["error"])
    assert "absent" in log(arm, "bad")


LOG_METRIC = """
import json, os, pathlib, time, urllib.request
def call(path, token, **body):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(path, json.dumps(body).encode() or None, headers)
    return json.load(urllib.request.urlopen(request))
api = os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/"
token, run = os.environ["MLFLOW_TRACKING_TOKEN"], os.environ["MLFLOW_RUN_ID"]
call(api + "runs/log-metric", token, run_id=run, key="loss", value=0.5, timestamp=1, step=0)
pathlib.Path("outputs").mkdir()
pathlib.Path("outputs/access.json").write_text(json.dumps({"api": api, "token": token}))
print("logged", flush=True)
while not os.path.exists(os.environ["RELEASE"]):
    time.sleep(0.05)
"""


def check_tracking(arm: Arm, local: LocalWorkspace) -> None:
    """A command logs with a token that is good for its own tracking, while it runs, only."""
    release = local.state_dir / "release"
    own = environment(arm, "tracks", ["greeting"])
    variables = {"RELEASE": str(release)}
    command = f"python -c {shlex.quote(LOG_METRIC)}"
    body = command_job(arm, command, environmentId=own, environmentVariables=variables)
    submit(arm, "tracks", body)
    wait(arm, "tracks", {"Running"})
    access_file = local.state_dir / "jobs/tracks/code/outputs/access.json"
    access = json.loads(wait_for_text(access_file))
    assert access["token"] != local.token
    get = f"{access['api']}experiments/search?max_results=1"
    headers = {"Authorization": f"Bearer {access['token']}"}
    assert httpx.get(get, headers=headers).status_code == 200
    for refused in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {local.token}"}):
        assert httpx.get(get, headers=refused).status_code == 401
    other = get.replace("/tracks/", "/one/")
    assert httpx.get(other, headers=headers).status_code == 401
    workspace = f"{local.endpoint}{arm.id}/jobs?api-version=2021-03-01-preview"
    assert httpx.get(workspace, headers=headers).status_code == 401
    release.touch()
    assert wait(arm, "tracks")["status"] == "Completed"
    metrics = mlflow(arm, "runs/get", run_id="tracks")["run"]["data"]["metrics"]
    assert [(metric["key"], metric["value"]) for metric in metrics] == [("loss", 0.5)]
    assert httpx.get(get, headers=headers).status_code == 401, "the job has ended"


def wait_until_ended(pid: int) -> None:
    """Wait for the end of a process."""
    deadline = time.monotonic() + 30
    while runs(pid):
        assert time.monotonic() < deadline, f"{pid} is still running"
        time.sleep(0.05)


def unfinished(state: Path) -> list[Path]:
    """Return the environments that are not complete."""
    folders = [path for path in (state / "environments").iterdir() if path.is_dir()]
    return [path for path in folders if not (path / "amlrest-environment.json").exists()]


def test_jobs_over_http_and_a_killed_server(tmp_path: Path) -> None:
    settings, state, marker = uv_settings(tmp_path), tmp_path / "state", tmp_path / "building"
    write_slow_source(tmp_path / "wheels", "slow", marker)
    local = start(state, environments="build", environment=settings)
    arm = Arm(local)
    check_jobs(arm)
    check_tracking(arm, local)
    submit(arm, "killed", job(arm, "true", environment(arm, "slow", ["slow"])))
    first = wait_for(marker)
    assert [path.suffix for path in unfinished(state)] == [".new"]
    os.kill(local.pid, signal.SIGKILL)
    local.wait()
    wait_until_ended(first)
    marker.unlink()
    with start(state, environment=settings) as local:
        assert local.environments == "build", "the setting stays with the folder"
        found = find(state)
        assert found
        assert found.environments == "build"
        second = wait_for(marker)
        answer = Arm(local)("GET", "jobs/killed")
        assert answer.json()["properties"]["status"] == "Preparing"
    assert not runs(second)
    assert unfinished(state) == []


@pytest.mark.skipif("UV_OFFLINE" in os.environ, reason="UV_OFFLINE is set")
def test_an_mlflow_of_another_version_logs_to_the_store(tmp_path: Path) -> None:
    script = (
        "import mlflow; mlflow.log_metric('loss', 0.5); mlflow.log_param('depth', 3); "
        "mlflow.log_text('hello', 'note.txt'); print(mlflow.__version__)"
    )
    settings = no_docker(tmp_path)
    with start(tmp_path / "state", environments="build", environment=settings) as local:
        arm = Arm(local)
        own = environment(arm, "old", ["mlflow-skinny==2.9.2", "setuptools<80"])
        submit(arm, "old", job(arm, f'python -c "{script}"', own))
        ended = wait(arm, "old")
        assert ended["status"] == "Completed", ended
        data = mlflow(arm, "runs/get", run_id="old")["run"]["data"]
        assert [(metric["key"], metric["value"]) for metric in data["metrics"]] == [("loss", 0.5)]
        assert [(param["key"], param["value"]) for param in data["params"]] == [("depth", "3")]
        note = arm.http.get("/amlrestlocal/azureml/ExperimentRun/dcid.old/note.txt")
        assert note.text == "hello"
