"""Runs of command jobs, sweeps and trials in the workspace's SQLite database."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

TERMINAL = frozenset({"Completed", "Failed", "Canceled"})
# Nothing of these has run yet, so that they may begin (again) after a restart.
UNBEGUN = frozenset({"NotStarted", "Queued", "Preparing"})

_TABLE = """
CREATE TABLE IF NOT EXISTS runs (
    key TEXT PRIMARY KEY, seq INTEGER, name TEXT, kind TEXT, parent TEXT, status TEXT,
    experiment TEXT, plan TEXT, arguments TEXT, created REAL, started REAL, ended REAL,
    error TEXT, run_id TEXT, experiment_id TEXT, pid INTEGER, pid_start TEXT, outcome TEXT)
"""
_INDEX = "CREATE INDEX IF NOT EXISTS runs_by_parent ON runs (parent, seq)"
_JSON = ("plan", "arguments", "outcome")


class Database(Protocol):
    """A SQLite database that several threads share."""

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """Run what is inside as one transaction; one inside another joins it."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run.

    Attributes:
        name: job name, or ``<sweep>_<n>`` for a trial.
        kind: ``command``, ``sweep`` or ``trial``.
        status: job status of the API.
        experiment: MLflow experiment.
        plan: JSON form of what runs.
        parent: name of a trial's sweep, else "".
        arguments: hyperparameters of a trial.
        created: time in epoch seconds; likewise ``started`` and ``ended``.
        error: why it failed or was cancelled, for people.
        run_id: id in MLflow, once it has one; likewise ``experiment_id``.
        pid: leader of the process group; ``pid_start`` tells it from a later process of that id.
        outcome: a sweep's best trial and score.
    """

    name: str
    kind: str
    status: str
    experiment: str
    plan: dict[str, Any]
    parent: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)
    created: float = 0.0
    started: float | None = None
    ended: float | None = None
    error: str = ""
    run_id: str = ""
    experiment_id: str = ""
    pid: int | None = None
    pid_start: str = ""
    outcome: dict[str, Any] = field(default_factory=dict)


_FIELDS = [item.name for item in fields(RunRecord)]


class RunStore:
    """The table of runs."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.transaction() as db:
            db.execute(_TABLE)
            db.execute(_INDEX)

    def add(self, record: RunRecord) -> None:
        """Add a run; raises ``sqlite3.IntegrityError`` when the name is taken."""
        values = [_column(name, getattr(record, name)) for name in _FIELDS]
        marks = ",".join("?" * len(_FIELDS))
        sql = (
            f"INSERT INTO runs (key, seq, {','.join(_FIELDS)}) "  # noqa: S608
            f"VALUES (?, (SELECT coalesce(max(seq), 0) + 1 FROM runs), {marks})"
        )
        with self.database.transaction() as db:
            db.execute(sql, (record.name.lower(), *values))

    def update(self, name: str, **changes: Any) -> RunRecord:
        """Change fields of a run; returns it as it is then. Unknown runs raise ``KeyError``."""
        columns = ", ".join(f"{column}=?" for column in changes)
        values = [_column(column, value) for column, value in changes.items()]
        with self.database.transaction() as db:
            db.execute(f"UPDATE runs SET {columns} WHERE key=?", (*values, name.lower()))  # noqa: S608
            record = self.find(name)
        if record is None:
            raise KeyError(name)
        return record

    def find(self, name: str) -> RunRecord | None:
        """Return a run by its name, whatever the case, or None."""
        found = self._select("key=?", (name.lower(),))
        return found[0] if found else None

    def by_run_ids(self, run_ids: Iterable[str]) -> dict[str, RunRecord]:
        """Return the runs of these MLflow run ids."""
        wanted = list(run_ids)
        marks = ",".join("?" * len(wanted))
        return {item.run_id: item for item in self._select(f"run_id IN ({marks})", wanted)}

    def trials(self, sweep: str) -> list[RunRecord]:
        """Return the trials of a sweep in the order in which they were made."""
        return self._select("lower(parent)=?", (sweep.lower(),))

    def name_clash(self, name: str, kind: str) -> str:
        """Return the run whose name a new run would take or be taken by, or "".

        A sweep called ``s`` has the names ``s_0``, ``s_1``, … for its trials.
        """
        key = name.lower()
        if kind == "sweep":
            found = self._select("kind != 'trial' AND key GLOB ?", (f"{_literal(key)}_[0-9]*",))
            return found[0].name if found else ""
        parent, _, number = key.rpartition("_")
        sweep = self.find(parent) if number.isdigit() else None
        return sweep.name if sweep and sweep.kind == "sweep" else ""

    def unfinished(self) -> list[RunRecord]:
        """Return the runs that have not ended, oldest first."""
        marks = ",".join("?" * len(TERMINAL))
        return self._select(f"status NOT IN ({marks})", sorted(TERMINAL))

    def delete(self, name: str) -> None:
        """Forget a run and its trials."""
        with self.database.transaction() as db:
            key = name.lower()
            db.execute("DELETE FROM runs WHERE key=? OR lower(parent)=?", (key, key))

    def _select(self, condition: str, values: Iterable[Any]) -> list[RunRecord]:
        sql = f"SELECT {','.join(_FIELDS)} FROM runs WHERE {condition} ORDER BY seq"  # noqa: S608
        with self.database.transaction() as db:
            rows = db.execute(sql, tuple(values)).fetchall()
        return [_record(row) for row in rows]


def _literal(key: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in key)


def _column(name: str, value: Any) -> Any:
    return json.dumps(value) if name in _JSON else value


def _record(row: tuple[Any, ...]) -> RunRecord:
    values = dict(zip(_FIELDS, row, strict=True))
    return RunRecord(**{k: json.loads(v) if k in _JSON else v for k, v in values.items()})
