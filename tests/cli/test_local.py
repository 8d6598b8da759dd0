"""`amlrest local`: up, status, env, down, as processes."""

import json
import os
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.cli.conftest import COMMAND, Run, clean_environment

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

VARIABLES = {
    "AMLREST_ENDPOINT",
    "AMLREST_TOKEN",
    "AZURE_SUBSCRIPTION_ID",
    "AZURE_RESOURCE_GROUP",
    "AZUREML_WORKSPACE_NAME",
}


@pytest.fixture
def state(tmp_path: Path, run: Run) -> Iterator[Path]:
    folder = tmp_path / "a state's folder"
    yield folder
    run("local", "down", "--state-dir", str(folder))


def test_detached_it_outlives_the_command_and_keeps_its_state(run: Run, state: Path) -> None:
    assert run("local", "status", "--state-dir", str(state)).returncode == 1
    folder = ("--state-dir", str(state))
    up = run("local", "up", "--detach", "--environments", "build", *folder, "-o", "json")
    assert up.returncode == 0, up.stderr
    endpoint = json.loads(up.stdout)["endpoint"]
    assert json.loads(up.stdout)["environments"] == "build"
    other = run("local", "up", "--environments", "host", *folder)
    assert other.returncode == 1
    assert "already running with --environments build" in other.stderr
    status = run("local", "status", "-o", "json", AMLREST_LOCAL_STATE=str(state))
    assert json.loads(status.stdout) == {"running": True} | json.loads(up.stdout)
    again = run("local", "up", "--detach", "--state-dir", str(state))
    assert "already running" in again.stderr
    down = run("local", "down", "--state-dir", str(state))
    assert down.returncode == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(endpoint, timeout=5)
    assert run("local", "env", "--state-dir", str(state)).returncode == 1


def test_env_is_read_by_a_shell_and_the_token_is_in_no_process_list(run: Run, state: Path) -> None:
    run("local", "up", "--detach", "--state-dir", str(state))
    exports = run("local", "env", "--state-dir", str(state)).stdout
    shown = subprocess.run(
        ["bash", "-c", 'eval "$(cat)"; env -0'],
        input=exports,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"]},
    ).stdout
    values = dict(line.split("=", 1) for line in shown.split("\0") if "=" in line)
    assert set(values) >= VARIABLES
    assert values["AMLREST_TOKEN"] not in everybodys_arguments()
    status = run("local", "status", "--state-dir", str(state))
    assert values["AMLREST_TOKEN"] not in status.stdout + status.stderr


def everybodys_arguments() -> str:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return "\n".join(found)


@pytest.mark.slow
def test_in_the_foreground_ctrl_c_stops_it(tmp_path: Path, run: Run) -> None:
    state = tmp_path / "state"
    process = subprocess.Popen(
        [*COMMAND, "local", "up", "--state-dir", str(state)],
        env=clean_environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "Ctrl-C" in line:
            break
    assert run("local", "status", "--state-dir", str(state)).returncode == 0
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert run("local", "status", "--state-dir", str(state)).returncode == 1


def test_a_port_that_is_taken_is_one_clear_error(run: Run, state: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("local", "up", "--detach", "--port", port, "--state-dir", str(state))
    assert done.returncode == 1
    assert "address already in use" in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_the_page_is_behind_a_link_that_works_once(run: Run, state: Path) -> None:
    run("local", "up", "--detach", "--state-dir", str(state))
    done = run("local", "ui", "--state-dir", str(state))
    assert done.returncode == 0
    assert "the link works once" in done.stderr
    link = done.stdout.strip()
    assert httpx.get(link).status_code == 200
    assert httpx.get(link).status_code == 401


def test_the_page_needs_a_running_workspace(run: Run, tmp_path: Path) -> None:
    done = run("local", "ui", "--state-dir", str(tmp_path / "none"))
    assert done.returncode == 1
    assert "no local workspace is running" in done.stderr
    assert "local up --detach" in done.stderr


def test_the_port_of_mlflow_needs_mlflow(run: Run, tmp_path: Path) -> None:
    done = run("local", "ui", "--port", "5000", "--state-dir", str(tmp_path))
    assert done.returncode == 2
    assert "add --mlflow" in done.stderr


def test_the_ui_needs_runs(run: Run, tmp_path: Path) -> None:
    done = run("local", "ui", "--mlflow", "--state-dir", str(tmp_path / "none"))
    assert done.returncode == 1
    assert "no runs yet" in done.stderr
    assert "to do: run a job first" in done.stderr


def test_the_ui_says_at_once_that_its_port_is_taken(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mlflow.db").touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("local", "ui", "--mlflow", "--port", port, "--state-dir", str(tmp_path))
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert said[0].startswith(f"Error: MLflow cannot listen on 127.0.0.1:{port}: ")
    assert said[1:] == ["  to do: choose another port with --port"]


def test_tls_is_there_from_the_start_or_not_at_all(run: Run, state: Path) -> None:
    where = ("--state-dir", str(state))
    assert "https_endpoint" not in run("local", "up", "--detach", *where).stdout
    refused = run("local", "up", "--tls", *where)
    assert refused.returncode == 1
    assert "without TLS" in refused.stderr
    assert "local down" in refused.stderr
    run("local", "down", *where)
    up = json.loads(run("local", "up", "--detach", "--tls", *where, "-o", "json").stdout)
    assert up["https_endpoint"].startswith("https://127.0.0.1:")
    values = json.loads(run("local", "env", *where, "-o", "json").stdout)
    assert values["ARM_CLOUD_METADATA_URL"].startswith(up["https_endpoint"])
    assert values["IDENTITY_HEADER"] == values["AMLREST_TOKEN"]
    assert Path(values["REQUESTS_CA_BUNDLE"]).is_file()


def test_a_port_other_than_the_one_it_runs_on_is_refused(
    run: Run, local_workspace: "LocalWorkspace"
) -> None:
    state = {"AMLREST_LOCAL_STATE": str(local_workspace.state_dir)}
    assert run("local", "up", "--port", "1", **state).returncode == 1
    assert local_workspace.endpoint in run("local", "up", "--port", "1", **state).stderr
    port = local_workspace.endpoint.rpartition(":")[2]
    assert run("local", "up", "--port", port, **state).returncode == 0


def test_what_to_do_names_the_state_folder_that_was_asked_for(run: Run, state: Path) -> None:
    said = run("local", "env", "--state-dir", str(state)).stderr
    command = said.partition("start it: amlrest ")[2]
    assert run(*shlex.split(command)).returncode == 0
    assert run("local", "env", "--state-dir", str(state)).returncode == 0


def test_an_empty_state_folder_is_refused_and_nothing_is_made(run: Run, tmp_path: Path) -> None:
    done = run("local", "up", "--detach", "--state-dir", "")
    assert done.returncode == 2
    assert "--state-dir" in done.stderr
    assert "empty" in done.stderr
    assert list(tmp_path.iterdir()) == []


HOMELESS = (
    "import os, pwd, sys; os.environ.pop('HOME'); pwd.getpwuid = {}.__getitem__;"
    "from amlrest.cli import main; sys.exit(main(sys.argv[1:]))"
)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["local", "status"], 2, "there is no home folder for ~/.amlrest/local"),
        (["local", "status", "--state-dir", "here"], 1, "no local workspace is running"),
        (["job", "list"], 1, "the az configuration in ~/.azure"),
    ],
)
def test_a_user_without_a_home_folder_is_told(
    arguments: list[str], status: int, said: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HOMELESS, *arguments],
        env=clean_environment(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status
    assert said in done.stderr


def test_built_environments_are_listed_and_deleted(run: Run, tmp_path: Path) -> None:
    from amlrest_emulator.runner.environments.cache import Cache

    place = Cache(tmp_path / "environments").place("0" * 32)
    place.new.mkdir(parents=True)
    place.lock.touch()
    place.publish({"name": "training:1", "python": "/usr/bin/python3"})
    folder = ("--state-dir", str(tmp_path))
    (listed,) = json.loads(run("local", "environments", *folder, "-o", "json").stdout)
    assert (listed["name"], listed["id"]) == ("training:1", "0" * 32)
    assert "training:1" in run("local", "environments", *folder).stdout
    assert "deleted 0" in run("local", "prune", "--unused-for", "1", *folder).stderr
    pruned = run("local", "prune", *folder, "-o", "json")
    assert [each["name"] for each in json.loads(pruned.stdout)] == ["training:1"]
    assert "deleted 1" in pruned.stderr
    assert list((tmp_path / "environments").iterdir()) == []


@pytest.mark.parametrize("command", [["up"], ["ui", "--mlflow"]])
def test_a_folder_of_a_newer_version_is_refused_with_what_to_do(
    run: Run, tmp_path: Path, command: list[str]
) -> None:
    with closing(sqlite3.connect(tmp_path / "mlflow.db")) as database:
        database.execute("CREATE TABLE alembic_version AS SELECT 'newer' AS version_num")
        database.commit()
    done = run("local", *command, "--state-dir", str(tmp_path))
    assert done.returncode == 1
    assert "written by a newer MLflow than the installed one; upgrade MLflow, or" in done.stderr
    assert "Traceback" not in done.stderr
