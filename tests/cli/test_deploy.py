"""Endpoints and deployments through the command; what is there then is read by plain HTTP."""

import json
import signal
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import COMMAND, Run, clean_environment
from tests.cli.terminal import left_on_screen, run_on_terminal
from tests.emulator.arm import Arm
from tests.inspector import Inspector

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow

SCHEMAS = "https://azuremlschemas.azureedge.net/latest"
ONLINE: dict[str, Any] = {
    "model": {"name": "weights", "local_path": "model.txt"},
    "code_configuration": {"code": {"local_path": "src"}, "scoring_script": "score.py"},
    "environment": {"name": "serving", "docker": {"image": "python:3.11"}},
    "instance_type": "Standard_F2s_v2",
    "scale_settings": {"scale_type": "manual", "instance_count": 1},
}
BATCH: dict[str, Any] = {
    "model": {"name": "weights", "local_path": "model.txt"},
    "compute": {"target": "azureml:cpu-cluster", "instance_count": 2},
    "mini_batch_size": 10,
}
Write = Callable[..., str]


@pytest.fixture
def name() -> str:
    return f"cli-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a YAML file beside the files that it refers to."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src/score.py").write_text("print('score')\n")
    (tmp_path / "model.txt").write_text("weights\n")

    def write(schema: str, **body: Any) -> str:
        content = {"$schema": f"{SCHEMAS}/{schema}.schema.json", **body}
        (tmp_path / f"{schema}.yml").write_text(json.dumps(content, indent=1))
        return f"{schema}.yml"

    return write


def ok(done: "subprocess.CompletedProcess[str]") -> Any:
    """Return the JSON of a command that succeeded."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout else None


def test_an_online_endpoint_from_first_to_last(
    amlrest: Run, arm: Arm, write: Write, name: str
) -> None:
    def properties(path: str = "") -> Any:
        return arm("GET", f"onlineEndpoints/{name}{path}").json()["properties"]

    blue = {"name": "blue", **ONLINE}
    file = write(
        "managedOnlineEndpoint",
        name="of-the-file",
        traffic={"blue": 100},
        deployments=[blue],
        auth_mode="key",
    )
    made = amlrest("online-endpoint", "create", "-n", name, "-f", file, "-o", "json")
    assert ok(made) == arm("GET", f"onlineEndpoints/{name}").json()
    assert made.stderr.splitlines() == [f"endpoint {name} is ready", "deployment blue is ready"]
    assert properties()["traffic"] == {"blue": 100}
    assert "/models/weights/versions/" in properties("/deployments/blue")["model"]["assetId"]
    assert f"{name}  key" in amlrest("online-endpoint", "list").stdout
    assert "blue=100" in amlrest("online-endpoint", "show", name).stdout

    green = write("managedOnlineDeployment", name="green", **ONLINE)
    done = amlrest("online-deployment", "create", green, "--endpoint-name", name, "-o", "json")
    assert ok(done)["name"] == "green"
    assert properties()["traffic"] == {"blue": 100}
    listed = ok(amlrest("online-deployment", "list", name, "-o", "json"))
    assert [each["name"] for each in listed] == ["blue", "green"]
    shown = amlrest("online-deployment", "show", name, "green").stdout
    assert "MODEL        weights:" in shown
    assert "INSTANCES    1\n" in shown

    assert amlrest("online-endpoint", "traffic", name, "blue=90", "green=10").returncode == 0
    assert properties()["traffic"] == {"blue": 90, "green": 10}
    assert "green=100" in amlrest("online-endpoint", "traffic", name, "green=100").stdout
    assert properties()["traffic"] == {"blue": 0, "green": 100}
    assert amlrest("online-deployment", "scale", name, "green", "3").returncode == 0
    assert properties("/deployments/green")["scaleSettings"]["instanceCount"] == 3
    said = arm("POST", f"onlineEndpoints/{name}/deployments/green/getLogs", {}).json()
    assert amlrest("online-deployment", "logs", name, "green").stdout == said["content"]
    logs = ("online-deployment", "logs", name, "green", "--tail", "1", "-o", "json")
    assert ok(amlrest(*logs, "--container", "storageinitializer")) == said

    refused = amlrest("online-deployment", "delete", name, "green", "--yes")
    assert (refused.returncode, "DeploymentHasTraffic" in refused.stderr) == (1, True)
    assert amlrest("online-deployment", "delete", name, "blue", "--yes").returncode == 0
    assert arm("GET", f"onlineEndpoints/{name}/deployments/blue").status_code == 404
    assert amlrest("online-endpoint", "delete", name, "--yes").returncode == 0
    assert arm("GET", f"onlineEndpoints/{name}").status_code == 404


def test_a_batch_endpoint_from_first_to_last(
    amlrest: Run, arm: Arm, write: Write, name: str
) -> None:
    one = {"name": "one", **BATCH}
    file = write("batchEndpoint", name=name, traffic={"one": 100}, deployments=[one])
    assert ok(amlrest("batch-endpoint", "create", file, "-o", "json")) == (
        arm("GET", f"batchEndpoints/{name}").json()
    )
    two = write("batchDeployment", name="two", endpoint_name=name, **BATCH)
    assert ok(amlrest("batch-deployment", "create", two, "-o", "json"))["name"] == "two"
    assert "two   cpu-cluster      2" in amlrest("batch-deployment", "list", name).stdout
    assert "MODEL       weights:" in amlrest("batch-deployment", "show", name, "two").stdout
    assert amlrest("batch-endpoint", "traffic", name, "two=100").returncode == 0
    read = arm("GET", f"batchEndpoints/{name}").json()["properties"]
    assert read["traffic"] == {"one": 0, "two": 100}
    listed = ok(amlrest("batch-endpoint", "list", "-o", "json"))
    assert name in [each["name"] for each in listed]
    keys = ok(amlrest("batch-endpoint", "keys", name, "-o", "json"))
    assert keys == arm("POST", f"batchEndpoints/{name}/listkeys").json()
    assert "two=100" in amlrest("batch-endpoint", "show", name).stdout
    assert amlrest("batch-deployment", "delete", name, "one", "--yes").returncode == 0
    assert arm("GET", f"batchEndpoints/{name}/deployments/one").status_code == 404
    assert amlrest("batch-endpoint", "delete", name, "--yes").returncode == 0
    assert arm("GET", f"batchEndpoints/{name}").status_code == 404


def test_keys_are_printed_where_they_are_asked_for_and_nowhere_else(
    amlrest: Run, arm: Arm, write: Write, name: str
) -> None:
    def keys() -> Any:
        return arm("POST", f"onlineEndpoints/{name}/listKeys").json()

    file = write("managedOnlineEndpoint", name=name)
    said = [amlrest("online-endpoint", "create", file)]
    first = keys()
    assert list(first.values()) == [
        line.split()[1] for line in amlrest("online-endpoint", "keys", name).stdout.splitlines()
    ]
    assert ok(amlrest("online-endpoint", "keys", name, "-o", "json")) == first

    replace = ("online-endpoint", "regenerate-key", name)
    said.append(amlrest(*replace, "secondary", "--yes"))
    second = keys()
    assert second["primaryKey"] == first["primaryKey"]
    assert second["secondaryKey"] != first["secondaryKey"]
    said.append(amlrest(*replace, "primary", "--from-stdin", "--yes", stdin="my-own-key\n"))
    assert keys() == {"primaryKey": "my-own-key", "secondaryKey": second["secondaryKey"]}
    said += [amlrest("online-endpoint", "show", name, "-o", form) for form in ("table", "json")]
    said.append(amlrest("online-endpoint", "list", "-o", "json"))
    assert {done.returncode for done in said} == {0}
    for secret in {*first.values(), *second.values(), "my-own-key"}:
        assert not [done.args for done in said if secret in done.stdout + done.stderr]


@pytest.mark.parametrize("stdin", ["", "\n", "two\nlines\n", "bell\a"])
def test_a_key_that_is_none_is_refused(stdin: str, amlrest: Run) -> None:
    done = amlrest(
        "online-endpoint", "regenerate-key", "x", "primary", "--from-stdin", "--yes", stdin=stdin
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "in one line" in done.stderr
    assert "bell" not in done.stderr


@pytest.fixture
def on_terminal(local_workspace: "LocalWorkspace", tmp_path: Path) -> Callable[..., Any]:
    environment = clean_environment(tmp_path) | local_workspace.environment()

    def run(arguments: list[str], *answers: str) -> tuple[int, str]:
        return run_on_terminal(arguments, tmp_path, environment, *answers)

    return run


def test_a_key_that_is_typed_does_not_show(
    on_terminal: Callable[..., Any], amlrest: Run, arm: Arm, write: Write, name: str
) -> None:
    amlrest("online-endpoint", "create", write("managedOnlineEndpoint", name=name))
    command = ["online-endpoint", "regenerate-key", name, "primary", "--from-stdin"]
    status, seen = on_terminal(command, "y", "typed-key")
    assert status == 0, seen
    assert "typed-key" not in seen
    keys = arm("POST", f"onlineEndpoints/{name}/listKeys").json()
    assert keys["primaryKey"] == "typed-key"


def test_what_is_ready_stays_on_the_terminal(
    on_terminal: Callable[..., Any], write: Write, name: str
) -> None:
    blue = {"name": "blue", **ONLINE}
    file = write("managedOnlineEndpoint", name=name, deployments=[blue])
    status, seen = on_terminal(["online-endpoint", "create", file])
    assert status == 0, seen
    assert f"update of online endpoint {name} … " in seen
    shown = left_on_screen(seen)
    assert shown[:2] == [f"endpoint {name} is ready", "deployment blue is ready"]
    assert shown[2].split() == ["NAME", name]


def test_a_token_is_printed(amlrest: Run, write: Write, name: str) -> None:
    file = write("managedOnlineEndpoint", name=name, auth_mode="aml_token")
    assert amlrest("online-endpoint", "create", file).returncode == 0
    token = ok(amlrest("online-endpoint", "token", name, "-o", "json"))
    assert token["tokenType"] == "Bearer"
    assert token["accessToken"]
    lines = amlrest("online-endpoint", "token", name).stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["TOKEN", "TYPE", "EXPIRES", "REFRESH AFTER"]


ENDPOINT = ("managedOnlineEndpoint", {"name": "x"})
IMAGE = {"name": "x", "docker": {"image": "x"}}
DEPLOYMENT = ("managedOnlineDeployment", {"name": "x"})


@pytest.mark.parametrize(
    ("file", "arguments", "status", "said"),
    [
        (ENDPOINT, ["batch-endpoint", "create"], 1, "amlrest online-endpoint create"),
        (ENDPOINT, ["online-deployment", "create"], 1, "amlrest online-endpoint create"),
        (DEPLOYMENT, ["online-endpoint", "create"], 1, "amlrest online-deployment create"),
        (("environment", IMAGE), ["online-endpoint", "create"], 1, "amlrest environment create"),
        (DEPLOYMENT, ["online-deployment", "create"], 1, "set the name of its endpoint"),
        (None, ["online-endpoint", "create", "missing.yml"], 2, "missing.yml"),
        (None, ["online-endpoint", "traffic", "x"], 2, "DEPLOYMENT=PERCENT"),
        (None, ["online-endpoint", "traffic", "x", "blue"], 2, "such as blue=90"),
        (None, ["online-endpoint", "traffic", "x", "blue=-1"], 2, "such as blue=90"),
        (None, ["online-endpoint", "traffic", "x", "blue=50", "blue=50"], 2, "twice"),
        (None, ["batch-endpoint", "traffic", "x", "blue=90"], 1, "adds up to 90"),
        (None, ["online-endpoint", "delete", "x"], 2, "--yes"),
        (None, ["batch-deployment", "delete", "x", "y"], 2, "--yes"),
        (None, ["online-endpoint", "regenerate-key", "x", "primary"], 2, "--yes"),
        (None, ["online-endpoint", "regenerate-key", "x", "primary", "a-key"], 2, "unexpected"),
        (None, ["online-endpoint", "regenerate-key", "x", "third"], 2, "secondary"),
        (None, ["online-deployment", "scale", "x", "y", "-1"], 2, "-1"),
        (None, ["online-deployment", "show", "nowhere", "y"], 1, "NoSuchDeployment"),
        (None, ["online-endpoint", "show", "a/b"], 1, "'a/b'"),
    ],
)
def test_bad_input_is_refused_with_what_is_wrong(
    *,
    file: tuple[str, dict[str, Any]] | None,
    arguments: list[str],
    status: int,
    said: str,
    amlrest: Run,
    write: Write,
) -> None:
    done = amlrest(*arguments, *([write(file[0], **file[1])] if file else []))
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def slow(fresh_workspace: "LocalWorkspace") -> Iterator[Inspector]:
    """A local workspace in which every long-running operation takes a minute."""
    inspector = Inspector(fresh_workspace)
    inspector.set_operation_delay(60)
    yield inspector
    inspector.close()


def _start(local: "LocalWorkspace", folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=clean_environment(folder) | local.environment(),
        cwd=folder,
    )


def test_a_deadline_ends_the_waiting_only(slow: Inspector, write: Write, tmp_path: Path) -> None:
    file = write("managedOnlineEndpoint", name="late")
    command = ("online-endpoint", "create", file, "--timeout", "1")
    with _start(slow.local, tmp_path, *command) as process:
        _, said = process.communicate(timeout=60)
    assert process.returncode == 4
    assert "continues after the timeout" in said
    assert f"online-endpoint create {file}" in said.partition("resume with")[2]
    assert slow.get("onlineEndpoints/late")["properties"]["provisioningState"] == "Creating"


def test_no_wait_ends_with_success_while_it_continues(
    slow: Inspector, write: Write, tmp_path: Path
) -> None:
    for deployments, status, said in (
        ([], 0, "the update of online endpoint soon continues"),
        ([{"name": "blue", **ONLINE}], 2, "--no-wait does not go with deployments in the file"),
    ):
        file = write("managedOnlineEndpoint", name="soon", deployments=deployments)
        with _start(
            slow.local, tmp_path, "online-endpoint", "create", "--no-wait", file
        ) as process:
            out, messages = process.communicate(timeout=60)
        assert (process.returncode, out) == (status, "")
        assert said in messages
    assert slow.get("onlineEndpoints/soon")["properties"]["provisioningState"] == "Creating"


def test_ctrl_c_says_how_to_come_back(slow: Inspector, write: Write, tmp_path: Path) -> None:
    file = write("managedOnlineEndpoint", name="late")
    with _start(slow.local, tmp_path, "online-endpoint", "create", file) as process:
        while "OnlineEndpoints_CreateOrUpdate" not in [r["operation"] for r in slow.requests()]:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert f"amlrest online-endpoint create {file}" in said
    assert "Traceback" not in said
