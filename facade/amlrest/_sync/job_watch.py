# Generated from facade/amlrest/_async/job_watch.py by `python codegen.py generate`; edit the async source.
"""Job watch: poll one job until it finishes."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from amlrest._http import polling, retry
from amlrest._http.deadline import Deadline
from amlrest._runtime import sync as rt
from amlrest._sync.run_history import message_of
from amlrest._urls import is_loopback
from amlrest.errors import (
    AmlrestError,
    DeadlineError,
    JobCanceledError,
    JobFailedError,
    ServiceError,
    TransportError,
    UntrustedUrlError,
)
from amlrest.resources.any_job import read_job
from amlrest.resources.base import of_kind
from amlrest.resources.logs import Follower, to_follow
from amlrest.resources.results import JobEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from amlrest._progress.display import Display
    from amlrest._progress.jobs import JobProgress
    from amlrest._sync.core import Core
    from amlrest._sync.run_history import History
    from amlrest._sync.tracking import Tracking
    from amlrest.resources.jobs import Job

_log = logging.getLogger("amlrest")
TAIL_LINES = 20
_TICK = 1.0
_OUTAGE, _LOCAL_OUTAGE = 3600.0, 60.0
"""Seconds after which a host that does not answer is no longer waited for."""
_CLOSING = 10.0
"""Minimum seconds to read logs and errors of a finished job, even after the deadline."""


class Watch:
    """Polls a job until it finishes or the deadline expires."""

    def __init__(
        self,
        core: Core,
        history: History,
        tracking: Tracking,
        name: str,
        *,
        timeout: float | None,
        poll_interval: float | None,
        seen: bool,
        kind: type[Job],
        display: Display | None,
    ) -> None:
        self._core = core
        self._history = history
        self._tracking = tracking
        self._narrow = of_kind(kind)
        self._progress = None if display is None else _progress(display, name)
        self._name = name
        self._deadline = Deadline(timeout)
        self._interval = poll_interval
        self._local = is_loopback(core.settings.endpoint)
        self._poll_count = 0
        self._warned = False
        self._retry_after = 0.0
        outage = _LOCAL_OUTAGE if self._local else _OUTAGE
        self._error_policy = polling.PollErrorPolicy(
            seen=seen, total=core.retry.total, outage=outage
        )
        self._followers: dict[str, Follower] = {}

    def until_finished(
        self, on_status: Callable[[str], None] | None, *, raise_on_failure: bool
    ) -> Any:
        """Return the finished job."""
        try:
            return self._until_finished(on_status, raise_on_failure=raise_on_failure)
        except rt.INTERRUPTIONS as interruption:
            interruption.add_note(
                f"job {self._name} continues; wait again with jobs.wait({self._name!r}), "
                f"or cancel it with jobs.cancel({self._name!r})"
            )
            raise

    def _until_finished(
        self, on_status: Callable[[str], None] | None, *, raise_on_failure: bool
    ) -> Any:
        status, last = None, None
        for job in self._polls():
            if job.status not in (None, status):
                status = job.status
                if on_status:
                    on_status(status)
            if self._progress:
                self._show(self._progress, job)
            last = job
        if raise_on_failure and status != "Completed":
            raise self._failure(last)
        return last

    def events(self) -> Iterator[JobEvent]:
        """Yield statuses and log lines until the job has finished."""
        status = None
        for job in self._polls():
            if job.status not in (None, status):
                status = job.status
                yield JobEvent("status", status, None, job)
            events, problem = self._new_lines(job)
            if self._progress:
                self._show(self._progress, job, events)
            for event in events:
                yield event
            if job.is_finished and problem is not None:
                raise self._incomplete(job, problem) from problem

    def _show(
        self, progress: JobProgress, job: Any, events: Sequence[JobEvent] | None = None
    ) -> None:
        """Show the job, with its trials or the new lines of its log; what cannot be read is not."""
        progress.see(job)
        try:
            if progress.needs_trials:
                progress.see_trials(self._tracking.trials(job))
            elif progress.needs_log and events is None:
                events, _ = self._new_lines(job)
                progress.see_log(event.text for event in events)
        except AmlrestError:
            pass
        progress.draw()

    def _polls(self) -> Iterator[Any]:
        """Yield the job after each poll; the last one is finished."""
        while True:
            job = self._poll()
            if job is not None and job.is_finished:
                self._deadline = self._deadline.extended(_CLOSING)
                yield job
                return
            if job is not None:
                yield job
            self._pause()

    def _poll(self) -> Any:
        """Get the job; None after a transient error."""
        deadline = self._error_policy.limit(self._deadline)
        try:
            response = self._core.call("Jobs_Get", id=self._name, deadline=deadline)
            job = read_job(response, self._core.scope.dialect)
        except AmlrestError as error:
            if self._deadline.expired and polling.is_transient(error):
                raise self._deadline_error() from error
            now = time.monotonic()
            if not self._error_policy.tolerates(error, now):
                if polling.is_transient(error) and self._error_policy.is_gone(now):
                    error.add_note(
                        f"job {self._name} may still be running; it can be waited for again"
                    )
                raise
            asked = isinstance(error, ServiceError) and retry.retry_after(
                error.headers, time.time()
            )
            self._retry_after = asked or 0.0
            self._warn(error)
            return None
        self._error_policy.reset()
        self._warned = False
        self._retry_after = 0.0
        return self._narrow(job)

    def _warn(self, error: AmlrestError) -> None:
        """Log a warning once in an outage."""
        if not self._warned:
            _log.warning("job %s cannot be read now, retrying: %s", self._name, error)
        self._warned = True

    def _pause(self) -> None:
        if self._deadline.expired:
            raise self._deadline_error()
        pause = self._interval or polling.job_poll_delay(self._poll_count, local=self._local)
        pause = max(pause, self._retry_after)
        self._poll_count += 1
        self._sleep(self._deadline.limit(pause))

    def _sleep(self, seconds: float) -> None:
        """Sleep; a display counts the seconds."""
        end = time.monotonic() + seconds
        while self._progress and (left := end - time.monotonic()) > _TICK:
            rt.sleep(min(left, _TICK))
            self._progress.draw()
        rt.sleep(max(end - time.monotonic(), 0.0))

    def _deadline_error(self) -> DeadlineError:
        return DeadlineError(
            f"job {self._name} has not finished in time; it continues to run, wait again with "
            f"jobs.wait({self._name!r})"
        )

    def _failure(self, job: Any) -> JobFailedError:
        error, log_tail = self._history.failure(job, TAIL_LINES, self._deadline)
        kind = JobCanceledError if job.status == "Canceled" else JobFailedError
        reason = _not_in(log_tail, message_of(error)) if error else ""
        reason = f": {reason}" if reason else ""
        end = f"\nEnd of its log:\n{log_tail}" if log_tail else ""
        message = f"job {self._name} ended as {job.status}{reason}{end}"
        return kind(message, job=job, error=error, log_tail=log_tail)

    def _new_lines(self, job: Any) -> tuple[list[JobEvent], AmlrestError | None]:
        """Get new log lines, and the error if a log could not be read; it is read at the next poll."""
        try:
            logs = self._history.logs(job, self._deadline)
        except UntrustedUrlError:
            raise
        except AmlrestError as error:
            return [], error
        grown = rt.gather(*(self._reader(name, logs[name]) for name in to_follow(logs)))
        events = [event for lines, _ in grown for event in lines]
        if job.is_finished:
            rest = [(n, line) for n, f in self._followers.items() for line in f.finish()]
            events += [JobEvent("log", line, name, job) for name, line in rest]
        return events, next((error for _, error in grown if error is not None), None)

    def _reader(self, name: str, url: str) -> Callable[[], Any]:
        return lambda: self._read_log(name, url)

    def _read_log(self, name: str, url: str) -> tuple[list[JobEvent], AmlrestError | None]:
        follower = self._followers.setdefault(name, Follower())
        try:
            content = self._core.get_bytes(url, start=follower.offset, deadline=self._deadline)
        except UntrustedUrlError:
            raise
        except AmlrestError as error:
            return [], error
        return [JobEvent("log", line, name) for line in follower.feed(content)], None

    def _incomplete(self, job: Any, problem: AmlrestError) -> TransportError:
        return TransportError(
            f"job {self._name} ended as {job.status}, but its log could not be read completely: "
            f"{problem}",
            request_id=getattr(problem, "request_id", None),
        )


def _progress(display: Display, name: str) -> JobProgress:
    from amlrest._progress.jobs import JobProgress

    return JobProgress(display, name)


def _not_in(log_tail: str, message: str) -> str:
    """Return the lines of a message that the log does not say, too."""
    said = log_tail.splitlines()
    return "\n".join(line for line in message.splitlines() if line not in said)
