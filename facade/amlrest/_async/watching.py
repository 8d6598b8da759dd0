"""Watches one job until it ends."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from amlrest import polling
from amlrest._runtime import aio as rt
from amlrest.errors import (
    AmlrestError,
    DeadlineError,
    JobCanceledError,
    JobFailedError,
    ServerError,
    ThrottledError,
    TransportError,
    UntrustedUrlError,
)
from amlrest.logs import Follower, to_follow
from amlrest.resources.results import JobEvent
from amlrest.urls import is_loopback

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from amlrest._async.core import Core
    from amlrest._async.history import History

TAIL_LINES = 20
_PASSING = (TransportError, ServerError, ThrottledError)


class Watch:
    """Looks at a job again and again, up to a deadline."""

    def __init__(
        self,
        core: Core,
        history: History,
        name: str,
        timeout: float | None,
        poll_interval: float | None,
    ) -> None:
        self._core = core
        self._history = history
        self._name = name
        self._ends = None if timeout is None else time.monotonic() + timeout
        self._interval = poll_interval
        self._local = is_loopback(core.settings.endpoint)
        self._looked = 0
        self._followers: dict[str, Follower] = {}

    async def until_finished(
        self, on_status: Callable[[str], None] | None, *, raise_on_failure: bool
    ) -> Any:
        """Return the job when it has ended."""
        last: Any = None
        async for job in self._looks():
            if on_status and job.status != getattr(last, "status", None):
                on_status(str(job.status))
            last = job
        if raise_on_failure and last.status != "Completed":
            raise await self._failure(last)
        return last

    async def events(self) -> AsyncIterator[JobEvent]:
        """Yield statuses and lines until the job has ended."""
        status = None
        async for job in self._looks():
            if job.status != status:
                status = job.status
                yield JobEvent("status", str(status), None, job)
            for event in await self._new_lines(job):
                yield event

    async def _looks(self) -> AsyncIterator[Any]:
        """Yield the job as it is, again and again; the last one has ended."""
        while True:
            job = await self._look()
            if job is not None:
                yield job
                if job.is_finished:
                    return
            await self._rest()

    async def _look(self) -> Any:
        """Get the job; None when the service cannot say now."""
        from amlrest._async.jobs import read

        try:
            return read(await self._core.call("Jobs_Get", id=self._name, budget=self._left()))
        except UntrustedUrlError:
            raise
        except _PASSING as error:
            if self._left() == 0:
                raise self._late() from error
            return None

    async def _rest(self) -> None:
        left = self._left()
        if left is not None and left <= 0:
            raise self._late()
        pause = self._interval or polling.look_pause(self._looked, local=self._local)
        self._looked += 1
        await rt.sleep(pause if left is None else min(pause, left))

    def _left(self) -> float | None:
        return None if self._ends is None else max(0.0, self._ends - time.monotonic())

    def _late(self) -> DeadlineError:
        return DeadlineError(
            f"job {self._name} has not ended in time; it goes on, and jobs.wait({self._name!r}) "
            "waits for it again"
        )

    async def _failure(self, job: Any) -> JobFailedError:
        error, log_tail = await self._history.failure(job, TAIL_LINES)
        kind = JobCanceledError if job.status == "Canceled" else JobFailedError
        said = f": {_words(error)}" if error else ""
        end = f"\nEnd of its log:\n{log_tail}" if log_tail else ""
        message = f"job {self._name} ended as {job.status}{said}{end}"
        return kind(message, job=job, error=error, log_tail=log_tail)

    async def _new_lines(self, job: Any) -> list[JobEvent]:
        """Get what the logs have gained; a log that cannot be read now is read later."""
        try:
            logs = await self._history.logs(job)
            grown = await rt.gather(*(self._reader(n, logs[n]) for n in to_follow(logs)))
        except UntrustedUrlError:
            raise
        except AmlrestError:
            return []
        events = [event for lines in grown for event in lines]
        if job.is_finished:
            rest = [(n, line) for n, f in self._followers.items() for line in f.finish()]
            events += [JobEvent("log", line, name, job) for name, line in rest]
        return events

    def _reader(self, name: str, url: str) -> Callable[[], Any]:
        return lambda: self._read_log(name, url)

    async def _read_log(self, name: str, url: str) -> list[JobEvent]:
        follower = self._followers.setdefault(name, Follower())
        content = await self._core.get_bytes(url, start=follower.offset)
        return [JobEvent("log", line, name) for line in follower.feed(content)]


def _words(error: Any) -> str:
    """Say what an error of the run history says, whatever it is wrapped in."""
    inner = error.get("error", error) if isinstance(error, dict) else error
    said = inner.get("message") if isinstance(inner, dict) else inner
    return str(said or error)
