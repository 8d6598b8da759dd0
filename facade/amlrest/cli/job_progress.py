"""Waiting for a job with something to see: its status, and how its trials come along."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from amlrest.cli import render, trial_table
from amlrest.cli.errors import WaitInterruptedError
from amlrest.cli.library_warnings import warnings_on
from amlrest.errors import AmlrestError
from amlrest.resources.jobs import TERMINAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from amlrest import Workspace
    from amlrest.cli.screen import Screen
    from amlrest.resources.results import TrialRun

_LOOK_EVERY = 2.0
_INDENT = " " * 4


def interrupted(job: str, status: str, verb: str) -> WaitInterruptedError:
    """Return the error for Ctrl-C during a wait."""
    return WaitInterruptedError(f"job {job} goes on ({status})", [f"amlrest job {verb} {job}"])


class Watch:
    """Waits for one job and shows what happens.

    Args:
        screen: where to show it.
        workspace: where the job is.
        job: a job that was submitted.
    """

    def __init__(self, screen: Screen, workspace: Workspace, job: Any) -> None:
        self._screen = screen
        self._workspace = workspace
        self._job = job
        self._since = time.monotonic()
        self._status = job.status or "NotStarted"
        self._goal = trial_table.goal_of(job)
        self._runs: Sequence[TrialRun] = []
        self._told: set[str] = set()
        self._looking = threading.Lock()

    def wait(self, timeout: float | None = None, poll_interval: float | None = None) -> Any:
        """Wait for the end and return the job.

        Args:
            timeout: seconds; for ever when None.
            poll_interval: seconds between looks; grows when None, as `Jobs.wait` says.

        Raises:
            WaitInterruptedError: Ctrl-C; the job goes on.
            JobFailedError: it ended as Failed or Canceled.
            DeadlineError: it still runs.
        """
        try:
            with (
                self._screen.block(self._draw),
                self._looking_at_trials(),
                warnings_on(self._screen),
            ):
                return self._workspace.jobs.wait(
                    self._job,
                    timeout=timeout,
                    on_status=self._on_status,
                    poll_interval=poll_interval,
                )
        except KeyboardInterrupt:
            raise interrupted(self._job.name, self._status, "wait") from None

    def _on_status(self, status: str) -> None:
        self._status = status
        if status in TERMINAL and not self._screen.live:
            self._look_at_trials()
        self._screen.line(f"{_INDENT}{self._elapsed():>10}  {self._status}")

    def _elapsed(self) -> str:
        return render.duration(time.monotonic() - self._since)

    def _draw(self) -> list[str]:
        lines = [f"{_INDENT}{self._elapsed():>10}  …"]
        if self._goal and self._runs:
            lines += [_INDENT + text for text in trial_table.progress(self._goal, self._runs)]
        return lines

    @contextmanager
    def _looking_at_trials(self) -> Iterator[None]:
        if self._goal is None:
            yield
            return
        stop = threading.Event()
        looker = threading.Thread(target=self._keep_looking, args=(stop,), daemon=True)
        looker.start()
        try:
            yield
        finally:
            stop.set()
            looker.join()

    def _keep_looking(self, stop: threading.Event) -> None:
        while not stop.wait(_LOOK_EVERY):
            self._look_at_trials()

    def _look_at_trials(self) -> None:
        if self._goal is None:
            return
        with self._looking:
            try:
                self._runs = self._workspace.jobs.trials(self._job)
            except AmlrestError:
                return  # only the display waits for it; `wait` reports what matters
            self._tell_finished()

    def _tell_finished(self) -> None:
        """Where nothing can be redrawn, say once for each trial how it ended."""
        if self._screen.live or self._goal is None:
            return
        for run in self._runs:
            if trial_table.is_finished(run) and run.name not in self._told:
                self._told.add(run.name)
                done = f"{len(self._told)}/{self._goal.total}"
                text = trial_table.one_line(self._goal, run)
                self._screen.line(f"{_INDENT}{self._elapsed():>10}  {done:>5}  {text}")
