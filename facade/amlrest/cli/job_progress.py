"""Waiting for a job: its status, the progress of its trials, its log, and why it failed."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from amlrest.cli import render, trial_table
from amlrest.cli.errors import (
    DEADLINE,
    JOB_FAILED,
    OK,
    CommandError,
    WaitInterruptedError,
    describe,
)
from amlrest.cli.program import program
from amlrest.cli.screen import Screen, messages
from amlrest.errors import AmlrestError, DeadlineError, JobFailedError, TransportError
from amlrest.resources import trial_ranking
from amlrest.resources.jobs import TERMINAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from amlrest import Workspace
    from amlrest.resources.results import TrialRun
    from amlrest.resources.trial_ranking import Goal

_SHORTEST_PAUSE, _LONGEST_PAUSE = 2.0, 10.0
"""Seconds between two reads of the trials."""
_PAUSE_FOR_READ = 10
"""A pause is so many times as long as the read before it, within these limits."""
_INDENT = " " * 4
_MARGIN = len(_INDENT) + 1
_LINES_KEPT = 200
_LOG_LINES = 10
_COLOURS = {"Completed": "green", "Failed": "red", "Canceled": "yellow", "Running": "cyan"}
_LOGGER = logging.getLogger("amlrest")


def wait(workspace: Workspace, job: Any, timeout: float | None) -> tuple[Any, int]:
    """Wait for a job and print to stderr why it failed.

    Returns:
        The job with its terminal status, and the exit status for it.
    """
    screen = messages()
    watch = Watch(screen, workspace, job)
    try:
        return watch.wait(timeout), OK
    except JobFailedError as failure:
        screen.lines(str(failure).splitlines())
        return failure.job, JOB_FAILED
    finally:
        screen.lines(watch.outcome())


def stream(workspace: Workspace, job: Any, timeout: float | None) -> int:
    """Print log lines to stdout and status changes to stderr, until the job or the time ends.

    Why it failed goes to stderr too, without the log lines that were printed already.
    If the log cannot be read to the end, that is reported on stderr; the exit status is the job's.

    Returns:
        The exit status.
    """
    if trial_table.goal_of(job):
        return _stream_sweep(workspace, job, timeout)
    status = job.status
    screen = messages()
    seen: deque[str] = deque(maxlen=_LINES_KEPT)
    try:
        with _warnings_on(screen):
            for event in workspace.jobs.stream(job, timeout=timeout):
                if event.kind == "status":
                    status = event.text
                    screen.line(f"[{status}]")
                else:
                    sys.stdout.write(event.text + "\n")
                    sys.stdout.flush()
                    seen.append(event.text)
    except KeyboardInterrupt:
        raise _interrupted(job.name, status, "stream") from None
    except DeadlineError as late:
        raise _late(_interrupted(job.name, status, "stream")) from late
    except TransportError as problem:
        if status not in TERMINAL:
            raise
        screen.lines(list(describe(problem)))
    if status == "Completed":
        return OK
    screen.lines([line for line in _failure_reason(workspace, job) if line not in seen])
    return JOB_FAILED


def _stream_sweep(workspace: Workspace, job: Any, timeout: float | None) -> int:
    """Print the statuses of a sweep job, and a line for each trial that ended."""
    screen = Screen(sys.stdout, plain=True)
    try:
        ended = Watch(screen, workspace, job, command="stream").wait(timeout)
    except JobFailedError as failure:
        messages().lines(str(failure).splitlines())
        return JOB_FAILED
    goal = trial_table.goal_of(ended)
    if goal:
        screen.lines(_outcome(goal, workspace.jobs.trials(ended)))
    return OK


def _failure_reason(workspace: Workspace, job: Any) -> list[str]:
    try:
        workspace.jobs.wait(job)
    except JobFailedError as failure:
        reason = str(failure).removesuffix(failure.log_tail).removesuffix("\nEnd of its log:\n")
        return reason.splitlines()
    except AmlrestError:
        pass  # that it failed is known; only the reason is not available
    return []


class Watch:
    """Waits for one job and shows its progress.

    Args:
        screen: where to show it.
        workspace: where the job is.
        job: a job that was submitted.
        command: the command of ``amlrest job`` that resumes after Ctrl-C.
    """

    def __init__(
        self, screen: Screen, workspace: Workspace, job: Any, command: str = "wait"
    ) -> None:
        self._command = command
        self._log: deque[str] = deque(maxlen=_LOG_LINES)
        self._screen = screen
        self._workspace = workspace
        self._job = job
        self._started = time.monotonic()
        self._status = job.status or "NotStarted"
        self._goal = trial_table.goal_of(job)
        self._runs: Sequence[TrialRun] = []
        self._reported: set[str] = set()
        self._laid_out: tuple[object, list[str]] = (None, [])
        self._lock = threading.Lock()

    def wait(self, timeout: float | None = None, poll_interval: float | None = None) -> Any:
        """Wait for the end and return the job.

        Args:
            timeout: seconds; None for no limit.
            poll_interval: seconds between polls; grows when None, as `Jobs.wait` documents.

        Raises:
            WaitInterruptedError: Ctrl-C; the job continues.
            JobFailedError: it ended as Failed or Canceled.
            CommandError: it is still running after the timeout.
        """
        try:
            with (
                self._screen.block(self._draw, self._paint),
                self._polling_trials(),
                _warnings_on(self._screen),
            ):
                if self._goal is None and self._screen.live:
                    return self._follow_log(timeout, poll_interval)
                return self._workspace.jobs.wait(
                    self._job,
                    timeout=timeout,
                    on_status=self._on_status,
                    poll_interval=poll_interval,
                )
        except KeyboardInterrupt:
            raise _interrupted(self._job.name, self._status, self._command) from None
        except DeadlineError as late:
            raise _late(_interrupted(self._job.name, self._status, self._command)) from late

    def _follow_log(self, timeout: float | None, poll_interval: float | None) -> Any:
        """Wait as `wait` does, with the end of the log on the screen."""
        began = time.monotonic()
        try:
            for event in self._workspace.jobs.stream(
                self._job, timeout=timeout, poll_interval=poll_interval
            ):
                if event.kind == "status":
                    self._on_status(event.text)
                else:
                    self._log.append(event.text)
        except TransportError:
            pass  # only the display needs the log
        left = None if timeout is None else max(0.0, timeout - (time.monotonic() - began))
        known = self._status
        return self._workspace.jobs.wait(
            self._job,
            timeout=left,
            on_status=lambda status: None if status == known else self._on_status(status),
            poll_interval=poll_interval,
        )

    def _on_status(self, status: str) -> None:
        self._status = status
        if status in TERMINAL:
            self._read_trials()
        self._screen.line(self._paint(f"{_INDENT}{self._elapsed():>10}  {self._status}"))

    def outcome(self) -> list[str]:
        """Return the trials that failed and the best one of a sweep job that has ended."""
        if self._goal is None or self._status not in TERMINAL:
            return []
        return _outcome(self._goal, self._runs)

    def _elapsed(self) -> str:
        return render.duration(time.monotonic() - self._started)

    def _draw(self) -> list[str]:
        lines = [f"{_INDENT}{self._elapsed():>10}  {self._status} …"]
        runs = list(self._runs)
        if self._goal and runs:
            elapsed = trial_table.seconds_since_first(runs, datetime.now(UTC))
            lines += trial_table.watched(self._goal, runs, elapsed, self._screen.width - _MARGIN)
            lines += self._table(self._goal, runs, self._screen.height - len(lines) - 2)
        return [lines[0], *(_INDENT + text for text in (*lines[1:], *self._log))]

    def _table(self, goal: Goal, runs: Sequence[TrialRun], room: int) -> list[str]:
        """Lay out the trials, again only if they or the screen have changed."""
        wanted = (runs, self._screen.width - len(_INDENT), room)
        if wanted != self._laid_out[0]:
            self._laid_out = wanted, trial_table.live(goal, *wanted)
        return self._laid_out[1]

    def _paint(self, text: str) -> str:
        """Colour the first status in a line."""
        for status, colour in _COLOURS.items():
            if f" {status} " in f"{text} ":
                return text.replace(status, self._screen.style(status, fg=colour), 1)
        return text

    @contextmanager
    def _polling_trials(self) -> Iterator[None]:
        if self._goal is None:
            yield
            return
        stop = threading.Event()
        poller = threading.Thread(target=self._poll_trials, args=(stop,), daemon=True)
        poller.start()
        try:
            yield
        finally:
            stop.set()
            poller.join()

    def _poll_trials(self, stop: threading.Event) -> None:
        """Read the trials regularly, more rarely where there are so many that it takes long."""
        pause = _SHORTEST_PAUSE
        while not stop.wait(pause):
            began = time.monotonic()
            self._read_trials()
            pause = pause_after(time.monotonic() - began)

    def _read_trials(self) -> None:
        if self._goal is None:
            return
        with self._lock:
            try:
                self._runs = self._workspace.jobs.trials(self._job)
            except AmlrestError:
                return  # only the display needs it; `wait` reports real problems
            self._report_finished()

    def _report_finished(self) -> None:
        """Print one line for each finished trial where nothing can be redrawn."""
        if self._screen.live or self._goal is None:
            return
        for run in self._runs:
            if trial_table.is_finished(run) and run.name not in self._reported:
                self._reported.add(run.name)
                done = f"{len(self._reported)}/{self._goal.total}"
                text = trial_table.one_line(self._goal, run)
                self._screen.line(f"{_INDENT}{self._elapsed():>10}  {done:>5}  {text}")


def _outcome(goal: Goal, runs: Sequence[TrialRun]) -> list[str]:
    """Return how many trials failed, with the command that says why, and the best trial."""
    best = trial_table.progress(goal, runs)[1:]
    failed = [run for run in runs if run.status == "Failed"]
    if not failed:
        return best
    why = f"{program()} job logs {goal.sweep} --trial {trial_ranking.label(goal, failed[0])}"
    return [f"{len(failed)} of {len(runs)} trials failed; to see why: {why}", *best]


def pause_after(read: float) -> float:
    """Return the seconds to pause after the trials were read in so many seconds."""
    return min(max(_PAUSE_FOR_READ * read, _SHORTEST_PAUSE), _LONGEST_PAUSE)


def _interrupted(job: str, status: str, command: str) -> WaitInterruptedError:
    return WaitInterruptedError(
        f"job {job} continues ({status})",
        [f"{program()} job {command} {job}"],
        cancel=f"{program()} job cancel {job}",
    )


def _late(interrupted: WaitInterruptedError) -> CommandError:
    """Return the error for a wait that the timeout has ended, with the same advice."""
    return CommandError(
        f"{interrupted.message} after the timeout", hint=interrupted.advice, status=DEADLINE
    )


class _WarningsOnScreen(logging.Handler):
    def __init__(self, screen: Screen) -> None:
        super().__init__(logging.WARNING)
        self._screen = screen

    def emit(self, record: logging.LogRecord) -> None:
        self._screen.line(f"Warning: {record.getMessage()}")


@contextmanager
def _warnings_on(screen: Screen) -> Iterator[None]:
    """Print the library's warnings as lines of the screen, so that they do not break its block."""
    handler = _WarningsOnScreen(screen)
    _LOGGER.addHandler(handler)
    try:
        yield
    finally:
        _LOGGER.removeHandler(handler)
