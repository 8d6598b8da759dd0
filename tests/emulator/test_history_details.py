"""Run details: logs by URL, while a command runs and afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.emulator.arm import Arm
from tests.emulator.job_requests import command_job, details, name, submit, wait


def _until(read: Callable[[], str], part: str) -> str:
    deadline = time.monotonic() + 20
    while part not in (text := read()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return text


@pytest.mark.slow
def test_logs_are_readable_by_url_while_the_command_runs(arm: Arm, tmp_path: Path) -> None:
    job, gate = name("live"), tmp_path / "gate"
    body = "mkdir logs; echo from-the-log > logs/own.log; echo early; "
    submit(
        arm, job, command_job(arm, body + f"while [ ! -e {gate} ]; do sleep 0.05; done; echo late")
    )
    wait(arm, job, {"Running"})
    url = details(arm, job)["logFiles"]["user_logs/std_log.txt"]
    seen = _until(lambda: arm.follow(url).text, "early")
    assert seen == "early\n"
    own = details(arm, job)["logFiles"]["logs/own.log"]
    assert arm.follow(own).text == "from-the-log\n"
    assert details(arm, job)["endTimeUtc"] is None
    gate.touch()
    wait(arm, job)
    rest = arm.http.get(url, headers={"x-ms-range": f"bytes={len(seen)}-"})
    assert (rest.status_code, rest.text) == (206, "late\n")


def test_details_name_what_they_are_about(arm: Arm) -> None:
    job = name("done")
    submit(arm, job, command_job(arm, "true", experimentName="named here"))
    wait(arm, job)
    found = details(arm, job, "named%20here")
    assert found["runId"] == job
    assert found["status"] == "Completed"
    assert found["error"] is None
    assert set(found["logFiles"]) == {
        f"user_logs/{log}.txt" for log in ("std_log", "stdout", "stderr")
    }
    missing = arm.http.get(f"/history/v1.0{arm.id}/experiments/named%20here/runs/none/details")
    assert missing.status_code == 404
