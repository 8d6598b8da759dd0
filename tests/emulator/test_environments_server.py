"""Built environments in the server process: its setting, its requests, and kill -9."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
import yaml
from amlrest_emulator import find, start

from tests.emulator.arm import Arm
from tests.emulator.job_requests import command_job, details, submit, wait
from tests.emulator.test_environments import runs, wait_for
from tests.emulator.wheels import wheel_folder, write_slow_source

pytestmark = pytest.mark.slow
LOG = "azureml-logs/20_image_build_log.txt"


def uv_settings(tmp_path: Path) -> dict[str, str]:
    return {
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
    submit(arm, "killed", job(arm, "true", environment(arm, "slow", ["slow"])))
    first = wait_for(marker)
    assert [path.suffix for path in unfinished(state)] == [".new"]
    os.kill(local.pid, signal.SIGKILL)
    local.wait()
    marker.unlink()
    with start(state, environment=settings) as local:
        assert local.environments == "build", "the setting stays with the folder"
        found = find(state)
        assert found
        assert found.environments == "build"
        second = wait_for(marker)
        assert not runs(first)
        answer = Arm(local)("GET", "jobs/killed")
        assert answer.json()["properties"]["status"] == "Preparing"
    assert not runs(second)
    assert unfinished(state) == []
