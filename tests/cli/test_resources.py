"""Commands for other resources than jobs, on a local workspace."""

import json
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Run

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow


@pytest.fixture
def name() -> str:
    return f"cli-{uuid.uuid4().hex[:8]}"


@pytest.mark.parametrize(
    ("group", "arguments", "file"),
    [
        (
            "environment",
            ["--image", "python:3.11", "--conda-file", "file.txt"],
            "dependencies: [pip]",
        ),
        ("data", ["file.txt"], "a,b\n1,2\n"),
        ("model", ["file.txt", "--tag", "kind=test"], "weights"),
    ],
)
def test_an_asset_is_created_once_and_found_again(
    group: str, *, arguments: list[str], file: str, amlrest: Run, tmp_path: Path, name: str
) -> None:
    (tmp_path / "file.txt").write_text(file)
    first = amlrest(group, "create", name, *arguments, "-o", "json")
    assert first.returncode == 0, first.stderr
    assert "created" in first.stderr
    again = amlrest(group, "create", name, *arguments, "-o", "json")
    assert "already exists" in again.stderr
    assert json.loads(again.stdout)["id"] == json.loads(first.stdout)["id"]
    version = json.loads(first.stdout)["name"]
    shown = amlrest(group, "show", f"{name}:{version}", "-o", "json")
    assert json.loads(shown.stdout)["id"] == json.loads(first.stdout)["id"]
    assert name in amlrest(group, "list").stdout
    assert version in amlrest(group, "list", name).stdout
    assert version in amlrest(group, "show", name).stdout


def test_a_code_folder_is_uploaded_once(amlrest: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "src").mkdir()
    empty = amlrest("code", "upload", "src", "--name", name)
    assert empty.returncode == 1
    assert "src" in empty.stderr
    (tmp_path / "src/main.py").write_text("print(1)\n")
    assert "created" in amlrest("code", "upload", "src", "--name", name).stderr
    assert "already exists" in amlrest("code", "upload", "src", "--name", name).stderr


def test_secrets_of_a_datastore_stay_hidden_unless_asked_for(amlrest: Run) -> None:
    shown = amlrest("datastore", "secrets", "workspaceblobstore", "--show-secrets", "-o", "json")
    key = json.loads(shown.stdout)["key"]
    for arguments in (["secrets"], ["secrets", "-o", "json"], ["show", "-o", "json"]):
        done = amlrest("datastore", arguments[0], "workspaceblobstore", *arguments[1:])
        assert done.returncode == 0
        assert key not in done.stdout + done.stderr


def test_computes_and_workspaces(amlrest: Run) -> None:
    assert "cpu-cluster" in amlrest("compute", "list").stdout
    assert json.loads(amlrest("compute", "show", "cpu-cluster", "-o", "json").stdout)["name"] == (
        "cpu-cluster"
    )
    assert "local" in amlrest("workspace", "show").stdout
    assert [w["name"] for w in json.loads(amlrest("workspace", "list", "-o", "json").stdout)] == [
        "local"
    ]
    assert json.loads(amlrest("datastore", "default", "-o", "json").stdout)["name"] == (
        "workspaceblobstore"
    )


def test_any_operation_can_be_called(amlrest: Run, tmp_path: Path, name: str) -> None:
    body = tmp_path / "body.json"
    body.write_text(
        '{"properties": {"datasetType": "Simple", "path": "https://example.com/x.csv"}}'
    )
    where = ["-p", f"name={name}", "-p", "version=1"]
    made = amlrest("api", "DataVersions_CreateOrUpdate", *where, "--body", "@body.json")
    assert made.returncode == 0, made.stderr
    piped = amlrest("api", "DataVersions_Get", *where)
    assert json.loads(piped.stdout)["properties"]["path"] == "https://example.com/x.csv"
    listed = json.loads(amlrest("api", "DataVersions_List", "-p", f"name={name}").stdout)
    assert [item["name"] for item in listed] == ["1"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["api", "No_Such"], 1, "No_Such"),
        (["api", "Jobs_Get"], 1, "id"),
        (["api", "Jobs_Get", "-p", "id"], 2, "NAME=VALUE"),
        (["api", "Jobs_CreateOrUpdate", "-p", "id=x", "--body", "{"], 2, "JSON"),
        (["compute", "show", "no/such/compute"], 1, "it has '/'"),
        (["environment", "create", "../x", "--image", "y"], 1, "../x"),
        (["data", "create", "x", "missing.csv"], 1, "missing.csv"),
        (["job", "submit", "missing.yml"], 2, "missing.yml"),
    ],
)
def test_bad_input_is_refused_with_what_is_wrong(
    arguments: list[str], status: int, said: str, amlrest: Run
) -> None:
    done = amlrest(*arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_workspace_it_says_how_to_get_one(run: Run) -> None:
    done = run("job", "list")
    assert done.returncode == 1
    assert "AZURE_SUBSCRIPTION_ID" in done.stderr
    assert "amlrest local up" in done.stderr


def test_without_a_token_it_says_what_is_missing_and_nothing_else(
    run: Run, local_workspace: "LocalWorkspace"
) -> None:
    named = local_workspace.environment()
    del named["AMLREST_TOKEN"]
    done = run("job", "list", **named)
    assert done.returncode == 1
    assert "AMLREST_TOKEN" in done.stderr
    assert "--subscription" not in done.stderr


def test_a_wrong_token_is_refused(amlrest: Run) -> None:
    done = amlrest("job", "list", AMLREST_TOKEN="wrong")
    assert done.returncode == 1
    assert "wrong" not in done.stderr.replace("went wrong", "")
    assert "to do:" in done.stderr


def test_a_workspace_that_is_gone_is_told(run: Run, local_workspace: "LocalWorkspace") -> None:
    gone = local_workspace.environment() | {"AMLREST_ENDPOINT": "http://127.0.0.1:9"}
    done = run("compute", "show", "cpu-cluster", **gone)
    assert done.returncode == 1
    assert "127.0.0.1:9" in done.stderr
    assert "amlrest local status" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("compute", "list"),
        ("compute", "show", "cpu-cluster"),
        ("datastore", "list"),
        ("datastore", "show", "workspaceblobstore"),
        ("workspace", "list"),
    ],
)
def test_a_table_is_the_same_in_every_api_version(command: tuple[str, ...], amlrest: Run) -> None:
    first, later = (
        amlrest(*command, "--api-version", version)
        for version in ("2021-03-01-preview", "2024-10-01")
    )
    assert first.returncode == 0
    assert later.stdout == first.stdout
