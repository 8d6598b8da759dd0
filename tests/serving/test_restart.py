"""Deployments across restarts of the local workspace, and without a package registry."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from amlrest_emulator import start

from tests.emulator.arm import Arm
from tests.serving.deployed import Endpoint, make_endpoint
from tests.serving.test_lifecycle import WHO, is_gone, until

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow


@contextmanager
def connected(local: "LocalWorkspace", endpoint: Endpoint | None = None) -> Iterator[Arm]:
    """An HTTP client of a server, which an endpoint of the last one uses from now on."""
    arm = Arm(local)
    if endpoint is not None:
        endpoint.arm = arm
    with arm.http:
        yield arm


def test_deployments_come_back_after_a_stop_and_after_a_kill(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with start(state) as local, connected(local) as arm:
        endpoint = make_endpoint(arm, tmp_path)
        code = endpoint.code(WHO)
        deployed = {"codeConfiguration": code, "environmentVariables": {"VERSION": "1"}}
        assert endpoint.deploy("blue", **deployed)["status"] == "Succeeded"
        endpoint.direct(blue=100)
        first = endpoint.score([]).json()["pids"]
        key = endpoint.keys["primaryKey"]
    assert all(map(is_gone, first))

    with start(state) as local, connected(local, endpoint):
        second = endpoint.score([], key=key).json()["pids"]
        assert not set(second) & set(first)
        waits = endpoint.code("import time\nwhile True:\n    time.sleep(0.1)\n")
        pending = endpoint.put("green", codeConfiguration=waits)
        os.kill(local.pid, signal.SIGKILL)
        until(lambda: all(map(is_gone, second)), "the process has outlived the server")
        local.wait()

    with start(state) as local, connected(local, endpoint) as arm:
        status = arm.follow(pending.headers["Azure-AsyncOperation"]).json()["status"]
        assert status == "Updating"
        assert endpoint.deploy("green", **deployed)["status"] == "Succeeded"
        assert endpoint.score([], to="green").status_code == 200
        assert endpoint.score([], key=key).json()["version"] == "1"
        assert len(list((state / "deployments" / endpoint.name / "blue").glob("*/"))) == 1

    with start(state, deployments="store") as local, connected(local, endpoint):
        answer = endpoint.score([], key=key)
        assert (answer.status_code, answer.json()["error"]["code"]) == (501, "DeploymentNotRun")


def test_without_a_registry_the_reason_names_what_is_missing(tmp_path: Path) -> None:
    offline = {"UV_OFFLINE": "1", "UV_CACHE_DIR": str(tmp_path / "cache")}
    with start(tmp_path / "state", environment=offline) as local, connected(local) as arm:
        endpoint = make_endpoint(arm, tmp_path)
        ended = endpoint.deploy("blue", codeConfiguration=endpoint.code(WHO))
    assert (ended["status"], ended["error"]["code"]) == ("Failed", "ImageBuildFailure")
    assert "inference-server could not be built" in ended["error"]["message"]
    assert "network" in ended["error"]["message"]
