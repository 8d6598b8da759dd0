"""Long-running operations: begun, finished at once or after a while, and asked about."""

import json
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from amlrest_emulator.engine.mutability import merge
from amlrest_emulator.state import State

_TABLE = """
CREATE TABLE IF NOT EXISTS operations (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, resource TEXT NOT NULL, plan TEXT NOT NULL,
    started TEXT NOT NULL, ended TEXT
) WITHOUT ROWID
"""
IN_PROGRESS = "InProgress"
_FAILURE = {
    "code": "InjectedFailure",
    "message": "The operation was made to fail by a fault rule.",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What an operation does to its resource.

    Attributes:
        during: merge patch applied when it begins.
        after: merge patch applied when it has succeeded; None deletes the resource.
        result: what ``Location`` answers in the end; None for the resource itself.
    """

    during: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] | None = field(default_factory=dict)
    result: Any = None


@dataclass(frozen=True, slots=True)
class OperationRecord:
    """A long-running operation as it stands."""

    id: str
    status: str
    resource_id: str
    plan: dict[str, Any]
    started: str
    ended: str | None

    def body(self, path: str) -> dict[str, Any]:
        """Return what ``Azure-AsyncOperation`` answers."""
        done = self.status != IN_PROGRESS
        answer: dict[str, Any] = {
            "id": path,
            "name": self.id,
            "status": self.status,
            "startTime": self.started,
            "percentComplete": 100.0 if done else 0.0,
        }
        if done:
            answer["endTime"] = self.ended
        if self.status == "Failed":
            answer["error"] = {**_FAILURE, "target": self.resource_id, "details": []}
        return answer


@dataclass(slots=True)
class Operations:
    """The operations of a workspace, kept over a restart.

    Attributes:
        delay: seconds from begin to end; with 0 an operation has ended when it is answered.
        now: the current time as ARM writes it.
    """

    state: State
    now: Callable[[], str]
    delay: float = 0.0
    _timers: dict[str, threading.Timer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.state.transaction() as db:
            db.execute(_TABLE)

    def resume(self) -> None:
        """Go on with what was under way when the server last stopped."""
        with self.state.transaction() as db:
            rows = db.execute("SELECT id FROM operations WHERE status = ?", (IN_PROGRESS,))
            pending = [row[0] for row in rows.fetchall()]
        for operation_id in pending:
            self._schedule(operation_id)

    def stop(self) -> None:
        """Stop the clocks; what is under way goes on at the next start."""
        for timer in list(self._timers.values()):
            timer.cancel()

    def begin(self, resource_id: str, change: Change, *, fail: bool = False) -> OperationRecord:
        """Apply the first part of a change and see to the second.

        Args:
            resource_id: what is changed.
            change: what to do with it.
            fail: end as Failed, without the second part.
        """
        plan = {"after": change.after, "result": change.result, "fail": fail}
        record = OperationRecord(
            str(uuid.uuid4()), IN_PROGRESS, resource_id, plan, self.now(), None
        )
        with self.state.transaction() as db:
            self._patch(resource_id, change.during)
            values = (record.id, record.status, resource_id, json.dumps(plan), record.started)
            db.execute("INSERT INTO operations VALUES (?, ?, ?, ?, ?, NULL)", values)
        if self.delay:
            self._schedule(record.id)
        else:
            self.finish(record.id)
        return self.get(record.id) or record

    def _schedule(self, operation_id: str) -> None:
        timer = threading.Timer(self.delay, self.finish, (operation_id,))
        timer.daemon = True
        self._timers[operation_id] = timer
        timer.start()

    def finish(self, operation_id: str) -> None:
        """End an operation: apply what is left of its change."""
        self._timers.pop(operation_id, None)
        with self.state.transaction() as db:
            record = self.get(operation_id)
            if record is None or record.status != IN_PROGRESS:
                return
            self._end(record)
            status = "Failed" if record.plan["fail"] else "Succeeded"
            sql = "UPDATE operations SET status = ?, ended = ? WHERE id = ?"
            db.execute(sql, (status, self.now(), operation_id))

    def _end(self, record: OperationRecord) -> None:
        if record.plan["fail"]:
            self._patch(record.resource_id, {"properties": {"provisioningState": "Failed"}})
        elif record.plan["after"] is None:
            self.state.delete(record.resource_id)
        else:
            self._patch(record.resource_id, record.plan["after"])

    def _patch(self, resource_id: str, patch: dict[str, Any]) -> None:
        if patch:
            self.state.update(resource_id, lambda body: merge(body, patch), self.now())

    def get(self, operation_id: str) -> OperationRecord | None:
        """Return an operation, or None."""
        with self.state.transaction() as db:
            sql = "SELECT * FROM operations WHERE id = ?"
            row = db.execute(sql, (operation_id,)).fetchone()
        if row is None:
            return None
        name, status, resource_id, plan, started, ended = row
        return OperationRecord(name, status, resource_id, json.loads(plan), started, ended)


def seconds_to_wait(delay: float) -> int:
    """Return what ``Retry-After`` says: nothing to wait for when operations end at once."""
    return max(1, round(delay)) if delay else 0
