"""The server process: start, discovery, restart, stop, and its files."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from amlrest_emulator import StartError, find, start
from azure.core.exceptions import HttpResponseError
from azure.storage.blob import BlobServiceClient

from tests.emulator.arm import Arm
from tests.official import API_VERSION

pytestmark = pytest.mark.slow


def _gone(pid: int, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_importing_the_package_loads_no_server() -> None:
    code = (
        "import sys, amlrest_emulator, amlrest_emulator.local;"
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('starlette', 'uvicorn', 'mlflow', 'httpx', 'sqlite3', 'asyncio')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_it_is_found_used_and_stopped(tmp_path: Path) -> None:
    assert find(tmp_path) is None
    with start(tmp_path) as workspace:
        again = find(tmp_path)
        assert again is not None
        assert again.environment() == workspace.environment()
        assert start(tmp_path).pid == workspace.pid
        assert Arm(again)("GET", "").status_code == 200
    assert find(tmp_path) is None
    assert _gone(workspace.pid)
    assert not (tmp_path / "local.json").exists()
    workspace.stop()


def test_a_restart_loses_nothing(tmp_path: Path) -> None:
    with start(tmp_path) as workspace:
        arm = Arm(workspace)
        arm("PUT", "environments/kept/versions/1", {"properties": {"condaFile": "name: x"}})
        before = arm("GET", "environments/kept/versions/1").json()
        keys = arm("POST", "listStorageAccountKeys").json()
        first = workspace.environment()
    with start(tmp_path) as workspace:
        arm = Arm(workspace)
        assert workspace.environment() == first
        assert arm("GET", "environments/kept/versions/1").json() == before
        assert arm("POST", "listStorageAccountKeys").json() == keys
        assert len(arm("GET", "computes").json()["value"]) == 1


def test_a_killed_server_is_not_found_and_can_be_started_again(tmp_path: Path) -> None:
    workspace = start(tmp_path)
    os.kill(workspace.pid, signal.SIGKILL)
    workspace.stop()
    assert (tmp_path / "local.json").exists()
    assert find(tmp_path) is None
    with start(tmp_path) as again:
        assert again.token == workspace.token
        assert Arm(again)("GET", "").status_code == 200


def test_starts_at_the_same_time_make_one_server(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: start(tmp_path), range(4)))
    try:
        assert len({workspace.pid for workspace in found}) == 1
        assert sum(workspace.started_here for workspace in found) == 1
    finally:
        for workspace in found:
            workspace.stop()


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    with start(folder) as workspace:
        Arm(workspace)("GET", "")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {name: mode for name, mode in modes.items() if mode & 0o077} == {}
        assert json.loads((folder / "local.json").read_text())["token"] == workspace.token


def test_secrets_are_in_no_log_argument_or_repr(tmp_path: Path) -> None:
    with start(tmp_path) as workspace:
        arm = Arm(workspace)
        key = arm("POST", "listStorageAccountKeys").json()["userStorageKey"]
        arm("GET", "nowhere")
        arm("PUT", "data/x/versions/1", {"properties": {"path": 1, "key": key}})
        arguments = Path(f"/proc/{workspace.pid}/cmdline").read_bytes().decode()
        for secret in (workspace.token, key):
            assert secret not in repr(workspace)
            assert secret not in arguments
    log = (tmp_path / "server.log").read_text()
    assert workspace.token not in log
    assert key not in log


def test_it_ends_with_the_process_that_started_it_unless_detached(tmp_path: Path) -> None:
    def start_elsewhere(folder: Path, arguments: str) -> int:
        code = f"from amlrest_emulator import start; print(start({str(folder)!r}{arguments}).pid)"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        return int(done.stdout)

    assert _gone(start_elsewhere(tmp_path / "a", ""))
    detached = start_elsewhere(tmp_path / "b", ", detach=True")
    workspace = find(tmp_path / "b")
    assert workspace is not None
    assert workspace.pid == detached
    workspace.stop()
    assert _gone(detached)


def test_sigterm_ends_it_cleanly(tmp_path: Path) -> None:
    arguments = ["serve", "--state-dir", str(tmp_path), "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "amlrest_emulator", *arguments], stderr=subprocess.PIPE
    ) as server:
        assert server.stderr is not None
        for line in server.stderr:
            if b"listening on" in line:
                break
        server.send_signal(signal.SIGTERM)
        server.stderr.read()
        assert server.wait(20) == 0
    assert not (tmp_path / "local.json").exists()


def test_a_second_server_on_the_folder_says_why_it_does_not_start(tmp_path: Path) -> None:
    with start(tmp_path):
        second = subprocess.run(
            [sys.executable, "-m", "amlrest_emulator", "serve", "--state-dir", str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 1
    assert second.stderr.strip().endswith(f"is already running in {tmp_path}")


def test_a_taken_port_is_an_error_that_names_it(tmp_path: Path) -> None:
    with start(tmp_path / "one") as first:
        port = int(first.endpoint.rpartition(":")[2])
        with pytest.raises(StartError, match=f"127.0.0.1:{port}"):
            start(tmp_path / "two", port=port)


@pytest.mark.parametrize("record", ["{}", "[]", "no json", '{"endpoint": "http://127.0.0.1:1"}'])
def test_a_broken_record_is_none(tmp_path: Path, record: str) -> None:
    with start(tmp_path):
        kept = (tmp_path / "local.json").read_text()
        (tmp_path / "local.json").write_text(record)
        assert find(tmp_path) is None
        (tmp_path / "local.json").write_text(kept)


def test_a_state_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match=r"file/below cannot be used: .*; choose another"):
        start(tmp_path / "file/below")
    with pytest.raises(StartError, match=r"x cannot be used: .*; choose another"):
        start(tmp_path / ("x" * 300))
    (tmp_path / "state.db").write_text("this is no database, whatever its name says")
    with pytest.raises(StartError, match=f"{tmp_path}/state.db is damaged: .*; restore"):
        start(tmp_path)


def test_an_installation_without_the_server_says_what_to_install(tmp_path: Path) -> None:
    """And says so each time, not what earlier starts said as well."""
    (tmp_path / "uvicorn").mkdir()
    (tmp_path / "uvicorn/__init__.py").write_text("raise ModuleNotFoundError(name='uvicorn')")
    for _ in range(2):
        with pytest.raises(StartError) as caught:
            start(tmp_path / "state", environment={"PYTHONPATH": str(tmp_path)})
        said = str(caught.value)
        assert "uvicorn is not installed" in said
        assert "install amlrest with its extra 'local'" in said
        assert "Traceback" not in said


def test_a_disk_without_room_is_told(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "from resource import *; setrlimit(RLIMIT_FSIZE, (1, getrlimit(RLIMIT_FSIZE)[1]))"
    )
    with pytest.raises(StartError, match=f"{tmp_path}/state: "):
        start(tmp_path / "state", environment={"PYTHONPATH": str(tmp_path)})


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="requires resource.prlimit (Linux)")
def test_a_disk_that_fills_up_is_told_and_does_no_harm(tmp_path: Path) -> None:
    with start(tmp_path) as workspace:
        arm = Arm(workspace)
        data = {"properties": {"datasetType": "Simple", "path": "https://x.org/i.csv"}}
        service = BlobServiceClient(
            f"{workspace.endpoint}/amlrestlocal",
            credential=arm("POST", "listStorageAccountKeys").json()["userStorageKey"],
            retry_total=0,
        )
        blob = service.get_blob_client("azureml-blobstore", "big")
        soft, hard = resource.prlimit(workspace.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(workspace.pid, resource.RLIMIT_FSIZE, (1, hard))
        answer = arm("PUT", "data/full/versions/1", data)
        with pytest.raises(HttpResponseError, match="local workspace is full") as caught:
            blob.upload_blob(b"0" * 1000)
        resource.prlimit(workspace.pid, resource.RLIMIT_FSIZE, (soft, hard))
        assert arm("GET", "data/full/versions/1").status_code == 404
        assert not blob.exists()
        assert arm("PUT", "data/full/versions/1", data).status_code == 201
        blob.upload_blob(b"0" * 1000)
    assert answer.status_code == 507
    assert answer.json()["error"]["code"] == "InsufficientStorage"
    assert "local workspace is full" in answer.json()["error"]["message"]
    assert "ErrorCode:InsufficientStorage" in str(caught.value)
    assert "Traceback" not in (tmp_path / "server.log").read_text()


def test_an_api_version_that_is_not_pinned_is_an_error_that_names_those_that_are(
    tmp_path: Path,
) -> None:
    with pytest.raises(StartError, match=rf"1999-01-01.*{API_VERSION}"):
        start(tmp_path, api_version="1999-01-01")


def test_curl_can_use_it(tmp_path: Path) -> None:
    with start(tmp_path) as workspace:
        arm = Arm(workspace)
        done = subprocess.run(
            [
                *("curl", "-s", "-X", "PUT", "-H", f"Authorization: Bearer {workspace.token}"),
                *("-H", "Content-Type: application/json"),
                f"{arm.endpoint}{arm.id}/data/iris/versions/1?api-version={API_VERSION}",
                *("-d", '{"properties": {"datasetType": "Simple", "path": "https://x.org/i.csv"}}'),
            ],
            capture_output=True,
            check=True,
        )
    assert json.loads(done.stdout)["properties"]["path"] == "https://x.org/i.csv"


def test_what_few_jobs_need_is_not_imported_at_the_start() -> None:
    code = "import sys, amlrest_emulator.server; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"amlrest", "flask", "mlflow", "numpy", "optuna", "pandas", "scipy", "uv", "yaml"}
    assert heavy & set(done.stdout.split()) == set()
