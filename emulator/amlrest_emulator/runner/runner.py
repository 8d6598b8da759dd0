"""The job runner: an event loop of its own in a thread, next to the server."""

import asyncio
import logging
import signal
import sqlite3
import threading
import time
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from amlrest_emulator.runner.execution import INTERRUPTED, Execution, Site
from amlrest_emulator.runner.process import signal_group, start_time
from amlrest_emulator.runner.records import UNBEGUN, RunRecord
from amlrest_emulator.runner.sweeps import Sweep

if TYPE_CHECKING:
    from concurrent.futures import Future

_LOG = logging.getLogger(__name__)
_STOP_TIMEOUT = 30.0
_STORE_AGAIN = 1.0


class Runner:
    """Runs the jobs of the workspace, each at most once.

    Args:
        site: what executions share; its nodes are made in this runner's loop.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="runner", daemon=True)
        self._tasks: dict[str, asyncio.Task[Any]] = {}

    def start(self) -> None:
        """Take up what is not finished, and accept jobs from now on."""
        self._thread.start()
        for record in self.site.runs.unfinished():
            self._recover(record)
        for record in self.site.runs.unfinished():
            if record.kind != "trial":
                self._call(self._begin(record))

    def stop(self) -> None:
        """End every process of this runner; what has not begun stays in the queue."""
        self._call(self._end_all()).result(_STOP_TIMEOUT)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_STOP_TIMEOUT)
        self._loop.close()

    def submit(self, record: RunRecord) -> None:
        """Queue a run that is in the store."""
        self._call(self._begin(record))

    def cancel(self, name: str) -> None:
        """Cancel a run; one that has ended stays as it is."""
        self._call(self._cancel(name.lower())).result(_STOP_TIMEOUT)

    def _call(self, work: Coroutine[Any, Any, None]) -> "Future[None]":
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _begin(self, record: RunRecord) -> None:
        if record.kind == "sweep":
            work: Coroutine[Any, Any, Any] = Sweep(self.site, record).run()
        else:
            work = Execution(self.site, record).run()
        key = record.name.lower()
        task = self._loop.create_task(work, name=record.name)
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._done(key, done))

    def _done(self, key: str, task: "asyncio.Task[Any]") -> None:
        self._tasks.pop(key, None)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _LOG.error("%s could not be run", key, exc_info=error)
            message = f"The local workspace could not run it: {type(error).__name__}: {error}"
            self._fail(key, message)

    def _fail(self, key: str, message: str) -> None:
        try:
            self.site.runs.update(key, status="Failed", ended=time.time(), error=message)
        except sqlite3.Error:
            # A full disk, mostly: a job whose end is not stored would be waited for for ever.
            self._loop.call_later(_STORE_AGAIN, self._fail, key, message)

    async def _cancel(self, key: str) -> None:
        task = self._tasks.get(key)
        if task is not None and not task.cancelling():
            self.site.runs.update(key, status="CancelRequested")
            task.cancel()

    async def _end_all(self) -> None:
        self.site.stopping.set()
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _recover(self, record: RunRecord) -> None:
        if record.pid and record.pid_start and start_time(record.pid) == record.pid_start:
            signal_group(record.pid, signal.SIGKILL)
        if record.kind == "sweep" and record.status != "CancelRequested":
            return
        if record.status == "CancelRequested":
            self.site.runs.update(record.name, status="Canceled", ended=time.time())
        elif record.status in UNBEGUN:
            self.site.runs.update(record.name, status="Queued", started=None)
        else:
            self.site.runs.update(
                record.name, status="Failed", ended=time.time(), error=INTERRUPTED
            )
