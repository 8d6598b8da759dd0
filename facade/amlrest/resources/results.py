"""What the facade reports that is no resource."""

from typing import Any

from attrs import field, frozen


@frozen
class TrialRun:
    """One trial of a sweep.

    Attributes:
        name: id of its run.
        status: as the tracking service spells it, such as ``FINISHED``.
        parameters: hyperparameters and what the script logged, as text.
        metrics: last values.
    """

    name: str
    status: str
    parameters: dict[str, str] = field(factory=dict)
    metrics: dict[str, float] = field(factory=dict)


@frozen
class JobEvent:
    """Something that happened to a job while it was streamed.

    Attributes:
        kind: ``status`` or ``log``.
        text: the new status, or one line of a log without its end.
        source: the log file; None for a status.
        job: the job as last read.
    """

    kind: str
    text: str
    source: str | None = None
    job: Any = field(default=None, repr=False)

    def __str__(self) -> str:
        return self.text if self.kind == "log" else f"[{self.text}]"
