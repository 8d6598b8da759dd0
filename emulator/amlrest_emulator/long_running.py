"""Long-running operations: started, completed at once or after a delay, and polled."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from amlrest_emulator.json_body import merge
from amlrest_emulator.state import State

IN_PROGRESS = "InProgress"
_FAILURE = {
    "code": "InjectedFailure",
    "message": "A fault rule made the operation fail.",
}


@dataclass(frozen=True, slots=True)
class Change:
    """The effect of an operation on its resource.

    Attributes:
        during: merge patch applied at the start.
        after: merge patch applied on success; None deletes the resource.
        result: final response body of ``Location``; None for the resource itself.
    """

    during: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] | None = field(default_factory=dict)
    result: Any = None


@dataclass(frozen=True, slots=True)
class LongRunningOperation:
    """A stored long-running operation."""

    id: str
    status: str
    resource_id: str
    plan: dict[str, Any]
    started: str
    ended: str | None

    @property
    def error(self) -> dict[str, Any] | None:
        """The error of a failed operation, else None."""
        if self.status != "Failed":
            return None
        said = self.plan.get("error") or _FAILURE
        return {**said, "target": self.resource_id, "details": []}

    @property
    def waits(self) -> bool:
        """Whether it ends when somebody ends it, not after the delay."""
        return bool(self.plan.get("waits"))


@dataclass(slots=True)
class LongRunningOperations:
    """The long-running operations of a workspace; they survive a restart.

    Attributes:
        delay: duration in seconds; 0 completes an operation before the response.
        now: returns the current time in ARM's format.
    """

    state: State
    now: Callable[[], str]
    delay: float = 0.0
    _timers: dict[str, threading.Timer] = field(default_factory=dict)

    def resume(self) -> None:
        """Resume the operations that were in progress when the server stopped."""
        for record in self._in_progress():
            if not record.waits:
                self._schedule(record.id)

    def _in_progress(self) -> list[LongRunningOperation]:
        rows = self.state.execute("SELECT * FROM operations WHERE status = ?", (IN_PROGRESS,))
        return [_record(row) for row in rows]

    def waiting(self) -> list[str]:
        """Return the resources of the operations that wait to be ended."""
        return list(dict.fromkeys(each.resource_id for each in self._in_progress() if each.waits))

    def end_waiting(self, resource_id: str, error: dict[str, str] | None = None) -> None:
        """End the operations of a resource that wait for it.

        Args:
            resource_id: the resource, letter case ignored.
            error: code and message if they have failed.
        """
        for record in self._in_progress():
            if record.waits and record.resource_id.lower() == resource_id.lower():
                self.finish(record.id, error)

    def stop(self) -> None:
        """Stop the timers; operations in progress are resumed at the next start."""
        for timer in list(self._timers.values()):
            timer.cancel()

    def start(
        self,
        name: str,
        resource_id: str,
        change: Change,
        *,
        fail: bool = False,
        waits: bool = False,
    ) -> LongRunningOperation:
        """Start an operation: apply ``change.during`` now and ``change.after`` on completion.

        Args:
            name: unique name of the operation.
            resource_id: resource to change.
            change: effect on the resource.
            fail: whether the operation ends as Failed.
            waits: whether it waits for ``end_waiting``, unless it fails.
        """
        waits = waits and not fail
        plan = {"after": change.after, "result": change.result, "fail": fail, "waits": waits}
        record = LongRunningOperation(name, IN_PROGRESS, resource_id, plan, self.now(), None)
        with self.state.transaction() as db:
            self._patch(resource_id, change.during)
            values = (record.id, record.status, resource_id, json.dumps(plan), record.started)
            db.execute("INSERT INTO operations VALUES (?, ?, ?, ?, ?, NULL)", values)
        if self.delay and not waits:
            self._schedule(record.id)
        elif not waits:
            self.finish(record.id)
        return self.get(record.id) or record

    def _schedule(self, operation_id: str) -> None:
        timer = threading.Timer(self.delay, self.finish, (operation_id,))
        timer.daemon = True
        self._timers[operation_id] = timer
        timer.start()

    def finish(self, operation_id: str, error: dict[str, str] | None = None) -> None:
        """Complete an operation: apply the rest of its change, or fail with an error."""
        self._timers.pop(operation_id, None)
        with self.state.transaction() as db:
            record = self.get(operation_id)
            if record is None or record.status != IN_PROGRESS:
                return
            failed = record.plan["fail"] or error is not None
            self._end(record, failed=failed)
            plan = json.dumps({**record.plan, "error": error})
            status = "Failed" if failed else "Succeeded"
            sql = "UPDATE operations SET status = ?, plan = ?, ended = ? WHERE id = ?"
            db.execute(sql, (status, plan, self.now(), operation_id))

    def _end(self, record: LongRunningOperation, *, failed: bool) -> None:
        if failed:
            self._patch(record.resource_id, {"properties": {"provisioningState": "Failed"}})
        elif record.plan["after"] is None:
            self.state.delete(record.resource_id)
        else:
            self._patch(record.resource_id, record.plan["after"])

    def _patch(self, resource_id: str, patch: dict[str, Any]) -> None:
        if patch:
            self.state.update(resource_id, lambda body: merge(body, patch), self.now())

    def get(self, operation_id: str) -> LongRunningOperation | None:
        """Return an operation, or None."""
        rows = self.state.execute("SELECT * FROM operations WHERE id = ?", (operation_id,))
        return _record(rows[0]) if rows else None


def _record(row: sqlite3.Row) -> LongRunningOperation:
    name, status, resource_id, plan, started, ended = row
    return LongRunningOperation(name, status, resource_id, json.loads(plan), started, ended)


def retry_after(delay: float, *, waits: bool = False) -> int:
    """Return the value of ``Retry-After``; 0 if operations complete at once."""
    return max(1, round(delay)) if delay or waits else 0
