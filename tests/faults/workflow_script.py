"""The training workflow as a program, for tests that kill or interrupt it.

python -m tests.faults.workflow_script sync|async FOLDER NAME STEP: kills itself with SIGKILL at
that step of sending its requests (0: never).
"""

import asyncio
import logging
import os
import signal
import sys
from pathlib import Path
from typing import Any

import amlrest
import amlrest.aio

from tests.faults.training_workflow import WorkflowFiles, job_of


class KillAtStep(logging.Handler):
    """Kills this process while it sends requests; a step is one log record of httpcore."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self._remaining = step

    def emit(self, record: logging.LogRecord) -> None:
        self._remaining -= 1
        if self._remaining == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def report(status: str) -> None:
    print(status, flush=True)


def blocking(job: Any) -> Any:
    with amlrest.Workspace.from_config() as ws:
        made = ws.jobs.submit(job)
        report("created" if made.created else "found")
        return ws.jobs.wait(made, timeout=60, poll_interval=0.05, on_status=report)


async def asynchronous(job: Any) -> Any:
    async with amlrest.aio.Workspace.from_config() as ws:
        made = await ws.jobs.submit(job)
        report("created" if made.created else "found")
        return await ws.jobs.wait(made, timeout=60, poll_interval=0.05, on_status=report)


def main() -> None:
    api, folder, name, kill_at = sys.argv[1:]
    # Background processes of a shell inherit that SIGINT is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    logging.getLogger("httpcore").setLevel(logging.DEBUG)
    logging.getLogger("httpcore").addHandler(KillAtStep(int(kill_at)))
    at = Path(folder)
    job = job_of(WorkflowFiles(name, at / "table.csv", at / "src", at / "effects"), f"job-{name}")
    if api == "sync":
        blocking(job)
    else:
        asyncio.run(asynchronous(job))


main()
