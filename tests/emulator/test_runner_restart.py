"""Restarts of the server: every run survives, and none runs twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from amlrest_emulator.runner import TrackedRun
from amlrest_emulator.runner.process import start_time

from tests.emulator.fake_tracking import FolderTracking
from tests.emulator.full_disk import full_disk
from tests.emulator.runner_harness import Harness, command, running_harness
from tests.emulator.test_runner_commands import _gone
from tests.emulator.test_sweep_runs import log, sweep

pytestmark = pytest.mark.slow


def test_queued_jobs_run_after_a_restart(tmp_path: Path) -> None:
    before = Harness(tmp_path / "state")
    before.add("waiting", command("echo ran"))
    before.blobs.close()
    before.state.close()
    with running_harness(tmp_path / "state") as harness:
        assert harness.wait("waiting").status == "Completed"
        assert harness.log("waiting") == "ran\n"


def test_a_stop_does_not_wait_for_a_job_that_is_being_prepared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes seconds to open MLflow for the first time."""
    busy, opened = threading.Event(), threading.Event()
    create = FolderTracking.create_run

    def slow(self: FolderTracking, *arguments: Any) -> TrackedRun:
        busy.set()
        opened.wait(60)
        return create(self, *arguments)

    with monkeypatch.context() as patch, running_harness(tmp_path / "state") as harness:
        patch.setattr(FolderTracking, "create_run", slow)
        harness.submit("early", "echo ran")
        assert busy.wait(60)
        harness.runner.stop()
        harness.runner.stop = lambda: None  # type: ignore[method-assign]
        record = harness.runs.find("early")
        assert record is not None
        assert record.status == "Preparing"
        opened.set()
    with running_harness(tmp_path / "state") as harness:
        assert harness.wait("early").status == "Completed"
        assert harness.log("early") == "ran\n"


def test_jobs_cut_off_by_a_crash_fail_and_their_processes_end(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    script = (
        "import sys, threading; from pathlib import Path;"
        "from tests.emulator.runner_harness import Harness, command;"
        "harness = Harness(Path(sys.argv[1])); harness.runner.start();"
        "harness.submit('cut', command(sys.argv[2])); threading.Event().wait()"
    )
    text = f"echo $$ >> {marks}; trap '' TERM PIPE; sleep 600"
    root = Path(__file__).parents[2]
    path = os.pathsep.join([str(root), str(root / "emulator")])
    server = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "state"), text],
        env={**os.environ, "PYTHONPATH": path},
    )
    try:
        watcher = Harness(tmp_path / "state")
        watcher.wait("cut", lambda record: bool(record.pid) and marks.exists())
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()
    watcher.runner.start()
    record = watcher.wait("cut")
    assert record.status == "Failed"
    assert "local workspace stopped" in record.error
    pids = marks.read_text().split()
    assert len(pids) == 1
    assert _gone(int(pids[0]))
    watcher.close()


def test_a_job_whose_end_found_no_room_on_the_disk_ends_when_there_is_some(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gate = tmp_path / "gate"
    with running_harness(tmp_path / "state") as harness:
        harness.submit("full", f"while [ ! -e {gate} ]; do sleep 0.02; done")
        harness.wait("full", lambda record: bool(record.pid))
        with full_disk():
            gate.touch()
            while "failed unexpectedly" not in caplog.text:
                time.sleep(0.02)
        record = harness.wait("full")
    assert record.status == "Failed"
    assert "disk" in record.error


def test_a_foreign_process_with_the_same_id_is_left_alone(tmp_path: Path) -> None:
    before = Harness(tmp_path / "state")
    before.add("old", command("true"))
    stranger = subprocess.Popen(["sleep", "600"], start_new_session=True)
    before.runs.update("old", status="Running", pid=stranger.pid, pid_start="1")
    before.blobs.close()
    before.state.close()
    try:
        with running_harness(tmp_path / "state") as harness:
            assert harness.wait("old").status == "Failed"
            assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_start_time_tells_processes_apart() -> None:
    assert start_time(os.getpid()) == start_time(os.getpid()) != ""
    child = subprocess.Popen(["true"])
    child.wait()
    assert start_time(child.pid) == ""


def test_a_sweep_goes_on_where_it_was(tmp_path: Path) -> None:
    gate, state = tmp_path / "gate", tmp_path / "state"
    text = f"while [ ! -e {gate} ]; do sleep 0.02; done; " + log("{search_space.x}")
    plan = sweep(text, {"x": ["choice", [[4, 3, 2, 1]]]}, max_concurrent=1)
    with running_harness(state) as harness:
        harness.submit("long", plan)
        harness.wait("long_0", lambda record: record.status == "Running")
    gate.touch()
    with running_harness(state) as harness:
        record = harness.wait("long")
        assert record.status == "Completed"
        trials = harness.runs.trials("long")
        assert [trial.arguments["x"] for trial in trials] == [4, 3, 2, 1]
        assert [trial.status for trial in trials] == ["Failed", *["Completed"] * 3]
        assert record.outcome["best_child_run_id"] == "long_3"


def test_what_a_crash_left_open_in_mlflow_is_ended_or_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Harness(tmp_path / "state")
    for name in ("cut", "waiting"):
        before.add(name, command("true"))
    before.runs.update("cut", status="Running", run_id="run-cut")
    before.runs.update("waiting", status="Preparing")
    before.blobs.close()
    before.state.close()
    after = Harness(tmp_path / "state")
    after.tracking.parents = dict.fromkeys(("run-cut", "run-waiting", "run-of-a-user"), "")
    # The one that the server had made when it was killed is used, and no other one made.
    monkeypatch.setattr(after.tracking, "create_run", None)
    after.runner.start()
    assert after.wait("cut").status == "Failed"
    assert after.wait("waiting").run_id == "run-waiting"
    after.close()
    assert after.tracking.ended == {"run-cut": "Failed", "run-waiting": "Completed"}
