"""Results that are not resources: trials of a sweep, events of a job."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

from attrs import field, frozen


@frozen
class TrialRun:
    """One trial of a sweep.

    Attributes:
        name: name of the trial, the id of its run.
        status: job status, such as ``Completed``.
        parameters: hyperparameters and logged parameters, as text.
        metrics: last values of the metrics.
        score: best value of the primary metric it has logged, by which trials compete; while it
            runs the last one; None if it has logged none that is finite.
        started_at: when it began to run; None if that is not known.
        ended_at: when it ended; None while it has not.
    """

    name: str
    status: str
    parameters: dict[str, str] = field(factory=dict)
    metrics: dict[str, float] = field(factory=dict)
    score: float | None = field(default=None, kw_only=True)
    started_at: datetime | None = field(default=None, kw_only=True)
    ended_at: datetime | None = field(default=None, kw_only=True)

    def _repr_html_(self) -> str:
        """Return the table that a notebook shows."""
        from amlrest.resources.html import facts

        status = [("name", self.name), ("status", self.status)]
        return facts("TrialRun", [*status, *self.typed_parameters.items(), *self.metrics.items()])

    @property
    def duration(self) -> float | None:
        """Seconds that it ran; None while it has not ended."""
        if self.started_at is None or self.ended_at is None:
            return None
        return max((self.ended_at - self.started_at).total_seconds(), 0.0)

    @property
    def typed_parameters(self) -> dict[str, str | int | float]:
        """Parameters with numbers as numbers: ``{"rate": 0.5, "depth": 3, "kind": "tree"}``."""
        return {name: as_number(text) for name, text in self.parameters.items()}


def as_number(text: str) -> str | int | float:
    """Return a number, as an int where it is written as one; other text unchanged."""
    try:
        number = float(text)
    except ValueError:
        return text
    if "_" in text or not math.isfinite(number):
        return text
    return int(text) if text.strip().lstrip("+-").isdecimal() else number


@frozen
class JobEvent:
    """An event in the stream of a job.

    Attributes:
        kind: ``status`` or ``log``.
        text: the new status, or one line of a log without its line end.
        source: name of the log file; None for a status.
        job: the job as last read.
    """

    kind: str
    text: str
    source: str | None = None
    job: Any = field(default=None, repr=False)

    def __str__(self) -> str:
        return self.text if self.kind == "log" else f"[{self.text}]"
