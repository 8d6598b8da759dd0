"""Changing and taking away what a workspace has; what is there then is read by plain HTTP."""

import json
import shlex
import signal
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import COMMAND, Run, clean_environment
from tests.emulator.arm import Arm
from tests.inspector import Inspector

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow

CONTAINERS = {
    "environment": "environments",
    "data": "data",
    "code": "codes",
    "model": "models",
}
Make = Callable[[str, str], str]


@pytest.fixture
def name() -> str:
    return f"cli-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def make(arm: Arm) -> Make:
    """Make a version of an asset by plain HTTP; returns its path."""

    def make(group: str, name: str, version: str = "1") -> str:
        properties = {
            "environment": {"docker": {"dockerSpecificationType": "Image", "dockerImageUri": "i"}},
            "data": {"path": "https://example.com/x.csv", "datasetType": "Simple"},
            "code": {"path": "code", "datastoreId": f"{arm.id}/datastores/workspaceblobstore"},
            "model": {"path": "model", "datastoreId": f"{arm.id}/datastores/workspaceblobstore"},
        }[group]
        path = f"{CONTAINERS[group]}/{name}/versions/{version}"
        answer = arm("PUT", path, {"properties": properties})
        assert answer.status_code in {200, 201}, answer.text
        return path

    return make


def ok(done: "subprocess.CompletedProcess[str]") -> Any:
    """Return the JSON of a command that succeeded."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout else None


@pytest.mark.parametrize("group", CONTAINERS)
def test_a_version_is_deleted_or_all_of_them(
    group: str, amlrest: Run, arm: Arm, make: Callable[..., str], name: str
) -> None:
    first, second, third = (make(group, name, version) for version in "123")
    refused = amlrest(group, "delete", f"{name}:1")
    assert (refused.returncode, "--yes" in refused.stderr) == (2, True)
    assert arm("GET", first).status_code == 200
    assert amlrest(group, "delete", f"{name}:1", "--yes").returncode == 0
    assert [arm("GET", each).status_code for each in (first, second)] == [404, 200]
    assert ok(amlrest(group, "show", name, "-o", "json")) == arm("GET", third).json()
    assert "with all its versions" in amlrest(group, "delete", name).stderr
    assert amlrest(group, "delete", name, "--yes").returncode == 0
    assert [arm("GET", each).status_code for each in (second, third)] == [404, 404]


def test_code_is_listed(amlrest: Run, make: Callable[..., str], name: str) -> None:
    make("code", name)
    assert name in amlrest("code", "list").stdout
    assert [each["name"] for each in ok(amlrest("code", "list", name, "-o", "json"))] == ["1"]


FILES: dict[str, dict[str, Any]] = {
    "environment": {"docker": {"image": "python:3.11"}, "description": "from the file"},
    "data": {"path": "https://example.com/x.csv", "description": "from the file"},
    "model": {"local_path": "file.txt", "description": "from the file"},
}


@pytest.mark.parametrize("group", FILES)
def test_an_asset_is_created_from_a_file_and_options_override_it(
    group: str, amlrest: Run, arm: Arm, tmp_path: Path, name: str
) -> None:
    (tmp_path / "file.txt").write_text("weights")
    (tmp_path / "file.yml").write_text(json.dumps({"name": "other", **FILES[group]}))
    made = ok(amlrest(group, "create", name, "--file", "file.yml", "--version", "7", "-o", "json"))
    there = arm("GET", f"{CONTAINERS[group]}/{name}/versions/7").json()
    assert made == there
    assert there["properties"]["description"] == "from the file"
    assert amlrest(group, "create").returncode == 2


def test_a_cluster_is_made_from_a_file_and_scaled(
    amlrest: Run, arm: Arm, tmp_path: Path, name: str
) -> None:
    def nodes() -> tuple[int, int, str]:
        scale = arm("GET", f"computes/{name}").json()["properties"]["properties"]["scaleSettings"]
        return (
            scale.get("minNodeCount", 0),
            scale["maxNodeCount"],
            scale["nodeIdleTimeBeforeScaleDown"],
        )

    described = {
        "type": "amlcompute",
        "name": "other",
        "size": "STANDARD_DS3_V2",
        "max_instances": 4,
    }
    described["idle_time_before_scale_down"] = 120
    (tmp_path / "cluster.yml").write_text(json.dumps(described))
    made = ok(amlrest("compute", "create", name, "--file", "cluster.yml", "-o", "json"))
    assert made == arm("GET", f"computes/{name}").json()
    assert nodes() == (0, 4, "PT2M")
    assert amlrest("compute", "scale", name, "--max", "8").returncode == 0
    assert nodes() == (0, 8, "PT2M")
    assert amlrest("compute", "scale", name, "--min", "1", "--idle", "60").returncode == 0
    assert nodes() == (1, 8, "PT1M")
    assert amlrest("compute", "scale", name).returncode == 2
    assert amlrest("compute", "scale", name, "--min", "9").returncode == 1
    listed = ok(amlrest("compute", "nodes", name, "-o", "json"))
    assert listed == arm("POST", f"computes/{name}/listNodes").json()["nodes"]
    assert amlrest("compute", "delete", name, "--yes").returncode == 0
    assert arm("GET", f"computes/{name}").status_code == 404


def test_an_instance_is_made_from_a_file_and_restarted(
    amlrest: Run, arm: Arm, tmp_path: Path, name: str
) -> None:
    described = {"type": "computeinstance", "size": "STANDARD_DS3_V2", "name": name}
    (tmp_path / "instance.yml").write_text(json.dumps(described))
    assert amlrest("compute", "create", "--file", "instance.yml").returncode == 0
    for action, state in (("stop", "Stopped"), ("start", "Running"), ("restart", "Running")):
        assert amlrest("compute", action, name).returncode == 0
        now = arm("GET", f"computes/{name}").json()["properties"]["properties"]
        assert now["state"] == state
    refused = amlrest("compute", "create", "--file", "instance.yml", "--max", "3")
    assert (refused.returncode, "max_instances" in refused.stderr) == (2, True)


def test_a_datastore_is_made_from_a_file_and_its_key_is_not_shown(
    amlrest: Run, arm: Arm, tmp_path: Path, name: str
) -> None:
    key = "c2VjcmV0LWtleQ=="
    described = {
        "$schema": "https://azuremlschemas.azureedge.net/latest/azureBlob.schema.json",
        "type": "azure_blob",
        "name": name.replace("-", "_"),
        "account_name": "account",
        "container_name": "training",
        "credential": {"access_key": key},
    }
    (tmp_path / "store.yml").write_text(json.dumps(described))
    path = f"datastores/{described['name']}"
    made = amlrest("datastore", "create", "store.yml", "-o", "json")
    assert ok(made) == arm("GET", path).json()
    shown = amlrest("datastore", "show", str(described["name"]))
    assert key not in made.stdout + made.stderr + shown.stdout + shown.stderr
    assert arm("POST", f"{path}/listSecrets").json()["key"] == key
    assert amlrest("datastore", "delete", str(described["name"])).returncode == 2
    assert amlrest("datastore", "delete", str(described["name"]), "--yes").returncode == 0
    assert arm("GET", path).status_code == 404


JOB = {"command": "true", "environment": "azureml:e:1", "compute": {"target": "azureml:c"}}


@pytest.mark.parametrize(
    ("content", "command", "right"),
    [
        (JOB, "compute create --file", "job submit"),
        ({"type": "amlcompute", "name": "c"}, "data create --file", "compute create --file"),
        ({"docker": {"image": "i"}, "name": "e"}, "job submit", "environment create --file"),
        ({"type": "amlcompute", "name": "c"}, "datastore create", "compute create --file"),
        (
            {"type": "gluster_fs", "name": "d", "server_address": "a", "volume_name": "v"},
            "job submit",
            "datastore create",
        ),
    ],
)
def test_a_file_for_another_group_is_refused_with_the_right_command(
    content: dict[str, Any], command: str, right: str, amlrest: Run, tmp_path: Path
) -> None:
    (tmp_path / "a file.yml").write_text(json.dumps(content))
    done = amlrest(*command.split(), "a file.yml")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"amlrest {right} 'a file.yml'" in done.stderr


def test_a_file_that_no_group_reads_is_refused(amlrest: Run, tmp_path: Path) -> None:
    (tmp_path / "code.yml").write_text('{"$schema": "code.schema.json", "local_path": "."}')
    done = amlrest("datastore", "create", "code.yml")
    assert (done.returncode, done.stdout) == (1, "")
    assert "code.yml describes a Code, not a datastore" in done.stderr


def test_an_unknown_status_is_reported(amlrest: Run) -> None:
    done = amlrest("job", "list", "--status", "Finished")
    assert done.returncode == 0
    assert "unknown status 'Finished'" in done.stderr
    assert "Completed" in done.stderr
    assert "unknown status" not in amlrest("job", "list", "--status", "completed").stderr


def test_ctrl_c_names_the_same_command(fresh_workspace: "LocalWorkspace", tmp_path: Path) -> None:
    arguments = ["compute", "create", "late", "--size", "STANDARD DS3", "--max", "2"]
    inspector = Inspector(fresh_workspace)
    inspector.set_operation_delay(60)
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env=clean_environment(tmp_path) | fresh_workspace.environment(),
        cwd=tmp_path,
    ) as process:
        while "Compute_CreateOrUpdate" not in [each["operation"] for each in inspector.requests()]:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    inspector.close()
    assert process.returncode == 130
    assert shlex.split(said.splitlines()[-1]) == ["amlrest", *arguments]
