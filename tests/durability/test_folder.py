"""The state folder itself: its lock, a full disk, a folder that cannot be read or written."""

from __future__ import annotations

import ctypes
import os
import re
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from amlrest_emulator import find, start
from amlrest_emulator.blob import records
from amlrest_emulator.files import AlreadyRunningError, StateFolder
from amlrest_emulator.state import Resource, State

from tests.emulator.full_disk import full_disk

NOBODY = 65534
PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER = 1, 2, 3


def test_looking_for_a_server_does_not_keep_one_from_starting(tmp_path: Path) -> None:
    folder = StateFolder(tmp_path)
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            folder.is_locked()

    with ThreadPoolExecutor(3) as pool:
        for _ in range(3):
            pool.submit(look)
        try:
            for _ in range(200):
                with folder.locked():
                    assert folder.is_locked()
        finally:
            done.set()


def test_only_one_holds_the_lock_whatever_the_path(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "link").symlink_to("state")
    with StateFolder(tmp_path / "state").locked():
        other = StateFolder(tmp_path / "link")
        assert other.is_locked()
        with pytest.raises(AlreadyRunningError, match="already running"), other.locked():
            pass


def test_what_a_killed_server_left_half_written_is_removed(tmp_path: Path) -> None:
    folder = StateFolder(tmp_path)
    for name in ("local.tmp", "mlflow.new/mlflow.db", "mlflow.new/mlflow.db-journal"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "state.db").touch()
    folder.remove_temporary()
    assert [path.name for path in tmp_path.iterdir()] == ["state.db"]


def test_a_commit_that_found_no_room_leaves_no_open_transaction(tmp_path: Path) -> None:
    state = State(tmp_path / "state.db")

    def put(name: str) -> None:
        with state.transaction():
            state.put(Resource(f"/w/t/{name}", "P/t", {"text": "x" * 50_000}, "2021", "2021"))

    with full_disk(), pytest.raises(sqlite3.Error):
        put("lost")
    put("kept")
    with closing(sqlite3.connect(tmp_path / "state.db")) as other:
        assert other.execute("SELECT name FROM resources").fetchall() == [("kept",)]
    state.close()


def test_etags_differ_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 0)
    assert len({records.new_etag() for _ in range(1000)}) == 1000


def _bound_by_permissions() -> None:
    """Take from a program run by root what makes permissions not bind it."""
    libc = ctypes.CDLL(None)
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="requires root on Linux, to give a folder to another user",
)
@pytest.mark.parametrize("mode", [0o755, 0o000])
@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("up", "cannot be used: .*ermi.*; choose another folder"),
        ("status", "no local workspace is running"),
        ("down", "no local workspace is running"),
    ],
)
def test_a_folder_of_another_user_is_told(
    tmp_path: Path, mode: int, command: str, said: str
) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    (folder / "server.lock").touch(mode=0o600)
    folder.chmod(mode)
    for path in (folder / "server.lock", folder):
        os.chown(path, NOBODY, NOBODY)
    done = subprocess.run(
        [sys.executable, "-m", "amlrest", "local", command, "--state-dir", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_bound_by_permissions,
    )
    assert re.search(said if mode else "state. is not readable", done.stderr), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_stopped_folder_can_be_moved(tmp_path: Path) -> None:
    with start(tmp_path / "before") as first:
        token = first.token
    (tmp_path / "before").rename(tmp_path / "after")
    assert find(tmp_path / "before") is None
    with start(tmp_path / "after") as second:
        assert second.token == token
    assert not (tmp_path / "before").exists()
