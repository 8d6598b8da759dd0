"""The library and the command call deployments that run."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from amlrest import EndpointKeys
from amlrest.errors import ResourceNotFoundError, ScoringError, UnauthorizedError

from tests.cli.conftest import COMMAND, clean_environment
from tests.emulator.arm import Arm
from tests.facade.blocking_workspace import open_workspace
from tests.facade.core_runner import APIS
from tests.serving.deployed import Endpoint, make_endpoint

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow


@pytest.fixture(params=APIS)
def endpoints(request: pytest.FixtureRequest, serving_workspace: "LocalWorkspace") -> Iterator[Any]:
    with open_workspace(request.param, serving_workspace) as workspace:
        yield workspace.online_endpoints


def test_traffic_and_a_name_decide_who_answers(endpoints: Any, echo: Endpoint) -> None:
    found = endpoints.invoke(echo.name, {"a": 1})
    assert found.value == {"me": "blue", "got": {"a": 1}}
    assert (found.deployment, found.status) == ("blue", 200)
    assert found.request_id
    green = endpoints.invoke(echo.name, [1, 2], deployment="green")
    assert (green.value["me"], green.deployment) == ("green", "green")
    with pytest.raises(ResourceNotFoundError, match=r"no deployment 'gren'; did you mean 'green'"):
        endpoints.invoke(echo.name, {}, deployment="gren")


def test_a_key_that_is_replaced_between_two_calls_goes_unnoticed(
    endpoints: Any, echo: Endpoint
) -> None:
    for _ in range(2):
        assert endpoints.invoke(echo.name, []).status == 200
        echo.arm("POST", f"{echo.path}/regenerateKeys", {"keyType": "Primary"})
    assert endpoints.invoke(echo.name, []).status == 200


def test_a_table_arrives(endpoints: Any, echo: Endpoint) -> None:
    table = pd.DataFrame({"a": [1, 2], "b": ["x", None]})
    sent = endpoints.invoke(echo.name, table).value["got"]["input_data"]
    assert sent == {"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, None]]}


def test_a_script_that_raises_is_an_error_of_the_model(endpoints: Any, echo: Endpoint) -> None:
    with pytest.raises(ScoringError) as raised:
        endpoints.invoke(echo.name, b"no JSON")
    assert (raised.value.endpoint, raised.value.deployment) == (echo.name, "blue")
    assert raised.value.model_status == 500


@pytest.mark.parametrize("mode", ["AMLToken", "AADToken"])
def test_tokens_are_sent_where_keys_are_not_accepted(
    endpoints: Any, serving: Arm, tmp_path: Path, mode: str
) -> None:
    made = make_endpoint(serving, tmp_path, authMode=mode)
    # Without a deployment: who is not known gets 401 instead.
    with pytest.raises(ResourceNotFoundError, match="sends its traffic to no deployment"):
        endpoints.invoke(made.name, {})


def test_a_key_that_is_not_the_endpoints_is_refused(
    serving_workspace: "LocalWorkspace", echo: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_workspace("sync", serving_workspace) as workspace:
        endpoints = workspace.online_endpoints
        monkeypatch.setattr(endpoints, "keys", lambda _: EndpointKeys("wrong"))
        with pytest.raises(UnauthorizedError):
            endpoints.invoke(echo.name, [])


def test_the_command_prints_what_a_pipe_can_read(
    echo: Endpoint, serving_workspace: "LocalWorkspace", tmp_path: Path
) -> None:
    environment = clean_environment(tmp_path) | serving_workspace.environment()

    def invoke(*arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        command = [*COMMAND, "online-endpoint", "invoke", echo.name, *arguments]
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, env=environment, check=False
        )

    found = invoke("-r", "-", "-d", "green", stdin='{"a": [1]}')
    assert json.loads(found.stdout) == {"me": "green", "got": {"a": [1]}}, found.stderr
    failed = invoke("--data", "nonsense", "--content-type", "application/json")
    assert failed.returncode == 1
    assert f"online-deployment logs {echo.name} blue" in failed.stderr
