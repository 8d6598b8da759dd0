"""Fixtures of deployments that run."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.emulator.arm import Arm
from tests.serving.deployed import ECHO, Endpoint, make_endpoint

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace


@pytest.fixture(scope="module")
def serving(serving_workspace: "LocalWorkspace") -> Iterator[Arm]:
    """An HTTP client of the local workspace that runs deployments."""
    arm = Arm(serving_workspace)
    with arm.http:
        yield arm


@pytest.fixture(scope="module")
def echo(serving: Arm, tmp_path_factory: pytest.TempPathFactory) -> Endpoint:
    """An endpoint with two deployments that send back what they get, all traffic to blue."""
    made = make_endpoint(serving, tmp_path_factory.mktemp("echo"))
    code = made.code(ECHO)
    started = [
        made.put(name, codeConfiguration=code, environmentVariables={"ME": name})
        for name in ("blue", "green")
    ]
    for each in started:
        assert made.ended(each)["status"] == "Succeeded"
    made.direct(blue=100)
    return made


@pytest.fixture
def endpoint(serving: Arm, tmp_path: Path) -> Iterator[Endpoint]:
    """An endpoint of one test."""
    made = make_endpoint(serving, tmp_path)
    yield made
    serving("DELETE", made.path)
