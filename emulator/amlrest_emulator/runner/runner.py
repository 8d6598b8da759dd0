"""Job runner: its own event loop in a thread of the server process."""

from __future__ import annotations

import asyncio
import logging
import signal
import sqlite3
import threading
import time
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from amlrest_emulator.database import is_disk_full
from amlrest_emulator.runner.execution import INTERRUPTED, Execution
from amlrest_emulator.runner.open_runs import adopt, to_end
from amlrest_emulator.runner.process import signal_group, start_time
from amlrest_emulator.runner.run_store import RESTARTABLE, RunRecord
from amlrest_emulator.runner.services import Services
from amlrest_emulator.runner.supervisor import end_marked
from amlrest_emulator.runner.sweeps import Sweep

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_STOP_TIMEOUT = 30.0
_RETRY_DELAY = 1.0


class Runner:
    """Runs the jobs of the workspace, each at most once.

    Args:
        services: services shared by all executions.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="runner", daemon=True)
        self._tasks: dict[str, asyncio.Task[Any]] = {}

    def start(self) -> None:
        """Start the loop and resume the runs that have not ended."""
        self._thread.start()
        self.services.reserve.make()
        end_marked(self.services.mark)
        self.services.runs.requeue()
        open_runs = self.services.tracking.open_runs()
        adopt(self.services.runs, open_runs)
        resumed = [record for record in self.services.runs.unfinished() if self._recover(record)]
        self.schedule(self._begin(*(record for record in resumed if record.kind != "trial")))
        if ended := to_end(self.services.runs, open_runs):
            self.schedule(asyncio.to_thread(self._end_tracking, ended))

    def _end_tracking(self, ended: list[tuple[str, str]]) -> None:
        for run_id, status in ended:
            self.services.tracking.finish_run(run_id, status)

    def stop(self) -> None:
        """Terminate the processes of all runs; queued runs stay queued."""
        self.schedule(self._end_all()).result(_STOP_TIMEOUT)
        self.services.launcher.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_STOP_TIMEOUT)
        self._loop.close()

    def submit(self, record: RunRecord) -> None:
        """Queue a stored run."""
        self.schedule(self._begin(record))

    def cancel(self, name: str) -> None:
        """Cancel a run unless it has ended."""
        self.schedule(self._cancel(name.lower())).result(_STOP_TIMEOUT)

    def schedule(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine in the loop of the jobs, where their processes live."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _begin(self, *records: RunRecord) -> None:
        for record in records:
            self._begin_one(record)

    def _begin_one(self, record: RunRecord) -> None:
        if record.kind == "sweep":
            work: Coroutine[Any, Any, Any] = Sweep(self.services, record).run()
        else:
            work = Execution(self.services, record).run()
        key = record.name.lower()
        task = self._loop.create_task(work, name=record.name)
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._done(key, done))

    def _done(self, key: str, task: asyncio.Task[Any]) -> None:
        self._tasks.pop(key, None)
        if task.cancelled():
            self._end_before_start(key)
            return
        error = task.exception()
        if error is not None:
            _LOG.error("run %s failed unexpectedly", key, exc_info=error)
            self._fail(key, _reason(error))

    def _end_before_start(self, key: str) -> None:
        """End a run that was canceled before its first step; at a stop it stays queued."""
        if not self.services.stopping.is_set():
            self.services.end_run(
                key, status="Canceled", ended=time.time(), error="The job was canceled."
            )

    def _fail(self, key: str, message: str) -> None:
        try:
            end = {"status": "Failed", "ended": time.time(), "error": message}
            self.services.end_run(key, **end, pid=None)
        except sqlite3.Error:
            # Usually a full disk: clients would wait forever for a status that is not stored.
            self._loop.call_later(_RETRY_DELAY, self._fail, key, message)

    async def _cancel(self, key: str) -> None:
        task = self._tasks.get(key)
        if task is not None and not task.cancelling():
            try:
                self.services.runs.update(key, status="CancelRequested")
            finally:  # also when the disk is full
                task.cancel()

    async def _end_all(self) -> None:
        self.services.stopping.set()
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _recover(self, record: RunRecord) -> bool:
        """End what is left of a run, and the run unless it goes on; return whether it does."""
        if record.pid and record.pid_start and start_time(record.pid) == record.pid_start:
            signal_group(record.pid, signal.SIGKILL)
        if record.status == "CancelRequested":
            self.services.runs.update(record.name, status="Canceled", ended=time.time(), pid=None)
        elif record.kind != "sweep" and record.status not in RESTARTABLE:
            self.services.runs.update(
                record.name, status="Failed", ended=time.time(), error=INTERRUPTED, pid=None
            )
        else:
            return True
        return False


def _reason(error: BaseException) -> str:
    if is_disk_full(error) or "disk is full" in str(error):  # MLflow wraps SQLite's errors
        return "The disk of the local workspace is full; free some space and submit the job again."
    return f"Internal error of the local workspace: {type(error).__name__}: {error}"
