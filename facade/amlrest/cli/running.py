"""Staying with a job until it ends."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from amlrest.cli.failures import JOB_FAILED, OK, describe
from amlrest.cli.screen import messages
from amlrest.cli.watching import Watch, interrupted
from amlrest.errors import JobFailedError, TransportError
from amlrest.resources.jobs import TERMINAL

if TYPE_CHECKING:
    from amlrest import Workspace


def wait(workspace: Workspace, job: Any, timeout: float | None) -> tuple[Any, int]:
    """Wait for a job; why it failed goes to stderr.

    Returns:
        The job as it ended, and the exit status that says so.
    """
    screen = messages()
    try:
        return Watch(screen, workspace, job).wait(timeout), OK
    except JobFailedError as failure:
        screen.lines(str(failure).splitlines())
        return failure.job, JOB_FAILED


def stream(workspace: Workspace, job: Any) -> int:
    """Print log lines to stdout and changes of status to stderr, until the job ends.

    A log that cannot be read to its end is said on stderr; the exit status is the job's.

    Returns:
        The exit status.
    """
    status = job.status
    screen = messages()
    try:
        for event in workspace.jobs.stream(job):
            if event.kind == "status":
                status = event.text
                screen.line(f"[{status}]")
            else:
                sys.stdout.write(event.text + "\n")
                sys.stdout.flush()
    except KeyboardInterrupt:
        raise interrupted(job.name, status, "stream") from None
    except TransportError as problem:
        if status not in TERMINAL:
            raise
        screen.lines(list(describe(problem)))
    return OK if status == "Completed" else JOB_FAILED
