"""A script that is killed, interrupted or run twice still submits exactly one job."""

import os
import random
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.facade.core_runner import APIS
from tests.faults import workspace_checks
from tests.faults.training_workflow import WorkflowFiles, prepare
from tests.inspector import Inspector

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
KILLS = 6
STEPS = 130
"""Approximate number of steps of a script that is not killed."""


class Script:
    """Runs the workflow script with unique files."""

    def __init__(self, api: str, local: "LocalWorkspace", folder: Path) -> None:
        self.files = prepare(folder, f"script-{uuid.uuid4().hex[:10]}")
        self._command = [sys.executable, "-m", "tests.faults.workflow_script", api, str(folder)]
        self._environment = os.environ | local.environment()

    def start(self, kill_at: int = 0) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self._command, self.files.name, str(kill_at)],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, kill_at: int = 0) -> tuple[int, list[str]]:
        """Return exit code and printed words."""
        with self.start(kill_at) as process:
            out, err = process.communicate(timeout=90)
        assert process.returncode in (0, -signal.SIGKILL), err
        return process.returncode, out.split()


@pytest.fixture(params=APIS)
def script(
    request: pytest.FixtureRequest, faulty_workspace: "LocalWorkspace", tmp_path: Path
) -> Script:
    return Script(request.param, faulty_workspace, tmp_path)


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_anywhere_and_run_again(
    script: Script, inspector: Inspector, number: int, record_property: Any
) -> None:
    step = random.Random(number).randrange(number * STEPS // KILLS, (number + 1) * STEPS // KILLS)
    inspector.clear_requests()
    exit_code, printed = script.run(step + 1)
    workspace_checks.assert_no_duplicates(inspector, script.files)
    workspace_checks.assert_files_match(inspector, script.files)
    workspace_checks.assert_uploaded_before_registered(
        inspector, script.files, inspector.requests()
    )
    again, printed_again = script.run()
    assert again == 0
    assert not ({"created"} <= set(printed) & set(printed_again)), (
        "only one of them created the job"
    )
    workspace_checks.assert_complete(inspector, script.files)
    how = "killed" if exit_code else "not killed"
    record_property("counts", f"{how} at step {step + 1}, output: {' '.join(printed) or '-'}")


def test_the_same_script_twice_makes_nothing_the_second_time(
    script: Script, inspector: Inspector
) -> None:
    _, first = script.run()
    inspector.clear_requests()
    _, second = script.run()
    assert (first[0], second[0]) == ("created", "found")
    assert {request["method"] for request in inspector.requests()} <= {"GET", "POST"}
    workspace_checks.assert_complete(inspector, script.files)


def test_two_at_the_same_time_make_one_job(script: Script, inspector: Inspector) -> None:
    beside = [script.start(), script.start()]
    outputs = [process.communicate(timeout=90) for process in beside]
    assert [process.returncode for process in beside] == [0, 0], outputs
    workspace_checks.assert_complete(inspector, script.files)


def test_ctrl_c_while_waiting_leaves_the_job_running(script: Script, inspector: Inspector) -> None:
    with _hold(script.files):
        with script.start() as process:
            assert process.stdout is not None
            while process.stdout.readline().strip() != "Running":
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=30)
        assert process.returncode not in (0, None)
        assert "KeyboardInterrupt" in err
        (job,) = inspector.jobs(script.files.name)
        assert job["properties"]["status"] == "Running"
    exit_code, printed = script.run()
    assert (exit_code, printed[0], printed[-1]) == (0, "found", "Completed")
    workspace_checks.assert_complete(inspector, script.files)


@contextmanager
def _hold(files: WorkflowFiles) -> Iterator[None]:
    """Make the job's command wait until the block ends, also when the block fails."""
    hold = files.effects.with_name("hold")
    run = files.source / "run.sh"
    run.write_text(f'while [ -e "{hold}" ]; do sleep 0.05; done\n' + run.read_text())
    hold.touch()
    try:
        yield
    finally:
        hold.unlink()
