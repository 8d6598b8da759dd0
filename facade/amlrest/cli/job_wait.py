"""Staying with a job until it ends."""

from __future__ import annotations

import sys
from collections import deque
from typing import TYPE_CHECKING, Any

from amlrest.cli.errors import JOB_FAILED, OK, describe
from amlrest.cli.job_progress import Watch, interrupted
from amlrest.cli.library_warnings import warnings_on
from amlrest.cli.screen import messages
from amlrest.errors import AmlrestError, JobFailedError, TransportError
from amlrest.resources.jobs import TERMINAL

if TYPE_CHECKING:
    from amlrest import Workspace

_REMEMBERED = 200


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

    Why it failed goes to stderr too, without the log lines that were there already.
    A log that cannot be read to its end is said on stderr; the exit status is the job's.

    Returns:
        The exit status.
    """
    status = job.status
    screen = messages()
    seen: deque[str] = deque(maxlen=_REMEMBERED)
    try:
        with warnings_on(screen):
            for event in workspace.jobs.stream(job):
                if event.kind == "status":
                    status = event.text
                    screen.line(f"[{status}]")
                else:
                    sys.stdout.write(event.text + "\n")
                    sys.stdout.flush()
                    seen.append(event.text)
    except KeyboardInterrupt:
        raise interrupted(job.name, status, "stream") from None
    except TransportError as problem:
        if status not in TERMINAL:
            raise
        screen.lines(list(describe(problem)))
    if status == "Completed":
        return OK
    screen.lines([line for line in _why(workspace, job) if line not in seen])
    return JOB_FAILED


def _why(workspace: Workspace, job: Any) -> list[str]:
    try:
        workspace.jobs.wait(job)
    except JobFailedError as failure:
        reason = str(failure).removesuffix(failure.log_tail).removesuffix("\nEnd of its log:\n")
        return reason.splitlines()
    except AmlrestError:
        pass  # that it failed is known; only the reason is not to be had
    return []
