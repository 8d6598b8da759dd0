"""What a report is made of: a run with all that was read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from amlrest.resources.results import TrialRun

    History = Sequence[tuple[int, float]]


@frozen(kw_only=True)
class LogEnd:
    """The end of a log.

    Attributes:
        name: name of the log; None if there is none.
        text: its last lines.
    """

    name: str | None = None
    text: str = ""


@frozen(kw_only=True)
class Failure:
    """A trial that failed, or was canceled with an error.

    Attributes:
        run: the trial.
        error: what the service says; empty if it says nothing.
        log: the end of its log.
    """

    run: TrialRun
    error: str = ""
    log: LogEnd = LogEnd()


@frozen(kw_only=True)
class RunFacts:
    """A job or trial, as it was read.

    Attributes:
        job: the job; of a trial, its sweep job.
        run: name, status, parameters, last metrics and times.
        read_at: when it was read.
        is_trial: whether it is a trial of `job`.
        error: why it failed; empty if it did not.
        log: the end of its log.
        outputs: size in bytes of each file, by path; None if they could not be listed.
        histories: all values of metrics, as (step, value).
        trials: the trials of a sweep job.
        best: the best trial of a sweep job.
        failures: trials that failed, the first ones of many.
        notes: what could not be read, and why.
    """

    job: Any
    run: TrialRun
    read_at: datetime
    is_trial: bool = False
    error: str = ""
    log: LogEnd = LogEnd()
    outputs: Mapping[str, int] | None = None
    histories: Mapping[str, History] = field(factory=dict)
    trials: Sequence[TrialRun] = ()
    best: RunFacts | None = None
    failures: Sequence[Failure] = ()
    notes: Sequence[str] = ()

    @property
    def name(self) -> str:
        """Name of the job or trial."""
        return self.run.name

    @property
    def is_finished(self) -> bool:
        """Whether the status is terminal."""
        from amlrest.resources.jobs import TERMINAL

        return self.run.status in TERMINAL

    @property
    def seconds(self) -> float | None:
        """Seconds that it ran, until it was read if it still runs; None if it has not begun."""
        if self.run.started_at is None:
            return None
        until = self.run.ended_at or (None if self.is_finished else self.read_at)
        return None if until is None else max((until - self.run.started_at).total_seconds(), 0.0)
