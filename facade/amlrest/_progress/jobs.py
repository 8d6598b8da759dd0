"""Jobs: what is shown while one is waited for."""

from __future__ import annotations

import time
from collections import deque
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from amlrest._progress.display import View
from amlrest._readable import duration
from amlrest.resources import html, tables
from amlrest.resources.trial_ranking import (
    best_so_far,
    goal_of,
    is_finished,
    seconds_since_first,
    tally,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amlrest._progress.display import Display
    from amlrest.resources.jobs import Job
    from amlrest.resources.results import TrialRun
    from amlrest.resources.trial_ranking import Goal

_LOG_LINES = 10
_TRIALS_SECONDS = 2.0


class JobProgress:
    """Shows a job: status, seconds waited, and the end of its log or its trials.

    Args:
        display: where to show it.
        name: name of the job.
    """

    def __init__(self, display: Display, name: str) -> None:
        self._display = display
        self._name = name
        self._began = time.monotonic()
        self._job: Job | None = None
        self._goal: Goal | None = None
        self._trials: Sequence[TrialRun] = []
        self._trials_read = -_TRIALS_SECONDS
        self._log: deque[str] = deque(maxlen=_LOG_LINES)

    @property
    def needs_log(self) -> bool:
        """Whether the log is shown: that of a job that is not a sweep."""
        return self._job is not None and self._goal is None

    @property
    def needs_trials(self) -> bool:
        """Whether trials are shown that were not read within the last seconds."""
        is_old = time.monotonic() - self._trials_read >= _TRIALS_SECONDS
        return self._goal is not None and (is_old or self._is_finished)

    @property
    def _is_finished(self) -> bool:
        return self._job is not None and self._job.is_finished

    def see(self, job: Job) -> None:
        """Take the job as it was read last."""
        self._job, self._goal = job, goal_of(job)

    def see_trials(self, trials: Sequence[TrialRun]) -> None:
        """Take the trials of the job."""
        self._trials, self._trials_read = trials, time.monotonic()

    def see_log(self, lines: Iterable[str]) -> None:
        """Take new lines of the log."""
        self._log.extend(lines)

    def draw(self) -> None:
        """Show what is known, with the seconds of now."""
        self._display.show(self._view())

    def _view(self) -> View:
        status = (self._job and self._job.status) or "…"
        said = f"{status}, waited {duration(time.monotonic() - self._began)}"
        studio = self._job.endpoints.get("Studio") if self._job else None
        parts = [html.headline(self._name, said, studio), html.preformatted(self._log)]
        lines = [f"{self._name}: {said}"]
        ended = sum(map(is_finished, self._trials))
        if self._goal:
            left = None if self._is_finished else seconds_since_first(self._trials, _now())
            lines += [tally(self._goal, self._trials, left), best_so_far(self._goal, self._trials)]
            total = self._goal.total or len(self._trials)
            parts += [html.bar(ended, total), html.paragraph(lines[1])]
        if self._goal and self._trials:
            parts.append(tables.trial_table(self._goal, self._trials))
        return View(html.page(*parts), "\n".join(filter(None, lines)), f"{status} {ended}")


def _now() -> datetime:
    return datetime.now(UTC)
