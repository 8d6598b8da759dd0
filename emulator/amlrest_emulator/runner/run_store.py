"""Run store: runs of command jobs, sweeps and trials in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from amlrest_emulator.database import Database

TERMINAL = frozenset({"Completed", "Failed", "Canceled"})
# The command has not started yet: these runs are queued again after a restart.
RESTARTABLE = frozenset({"NotStarted", "Queued", "Preparing"})

# Spelled like the index of ``schemas/state_db.py``, which SQLite uses for the same words only.
_ENDED = "status IN ('Canceled', 'Completed', 'Failed')"
_JSON = ("plan", "arguments", "outcome")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run.

    Attributes:
        name: job name, or ``<sweep>_<n>`` for a trial.
        kind: ``command``, ``sweep`` or ``trial``.
        status: job status of the API.
        experiment: MLflow experiment.
        plan: JSON form of the plan.
        parent: name of the sweep of a trial, else "".
        arguments: hyperparameters of a trial.
        created: time in epoch seconds; ``started`` and ``ended`` likewise.
        error: human-readable reason of Failed or Canceled.
        run_id: MLflow run id, or ""; ``experiment_id`` likewise.
        pid: leader of the process group; ``pid_start`` is its start time, as ids are reused.
        outcome: best trial and score of a sweep.
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
    """The table of runs in ``state.db``."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, record: RunRecord) -> None:
        """Add a run; raise ``sqlite3.IntegrityError`` if the name exists."""
        values = [_column(name, getattr(record, name)) for name in _FIELDS]
        marks = ",".join("?" * len(_FIELDS))
        sql = (
            f"INSERT INTO runs (key, seq, {','.join(_FIELDS)}) "  # noqa: S608
            f"VALUES (?, (SELECT coalesce(max(seq), 0) + 1 FROM runs), {marks})"
        )
        self.database.execute(sql, (record.name.lower(), *values))

    def update(self, name: str, **changes: Any) -> RunRecord:
        """Update fields of a run and return it; raise ``KeyError`` for an unknown run."""
        columns = ", ".join(f"{column}=?" for column in changes)
        values = [_column(column, value) for column, value in changes.items()]
        sql = f"UPDATE runs SET {columns} WHERE key=? RETURNING {','.join(_FIELDS)}"  # noqa: S608
        rows = self.database.execute(sql, (*values, name.lower()))
        if not rows:
            raise KeyError(name)
        return _record(rows[0])

    def requeue(self) -> None:
        """Queue all commands again that have not started."""
        marks = ",".join("?" * len(RESTARTABLE))
        startable = f"NOT {_ENDED} AND kind != 'sweep' AND status IN ({marks})"
        sql = f"UPDATE runs SET status='Queued', started=NULL WHERE {startable}"  # noqa: S608
        self.database.execute(sql, sorted(RESTARTABLE))

    def find(self, name: str) -> RunRecord | None:
        """Return a run by name, letter case ignored, or None."""
        found = self._select("key=?", (name.lower(),))
        return found[0] if found else None

    def by_run_ids(self, run_ids: Iterable[str]) -> dict[str, RunRecord]:
        """Return the runs with the given MLflow run ids."""
        wanted = list(run_ids)
        marks = ",".join("?" * len(wanted))
        return {item.run_id: item for item in self._select(f"run_id IN ({marks})", wanted)}

    def trials(self, sweep: str) -> list[RunRecord]:
        """Return the trials of a sweep in order of creation."""
        return self._select("lower(parent)=?", (sweep.lower(),))

    def name_conflict(self, name: str, kind: str) -> str:
        """Return the run whose name conflicts with a new run, or "".

        The trials of a sweep ``s`` are named ``s_0``, ``s_1``, ….
        """
        key = name.lower()
        parent, _, number = key.rpartition("_")
        sweep = self.find(parent) if number.isdecimal() else None
        if sweep and sweep.kind == "sweep":
            return sweep.name
        if kind != "sweep":
            return ""
        found = self._select("kind != 'trial' AND key GLOB ?", (f"{_literal(key)}_[0-9]*",))
        numbered = (run.name for run in found if run.name[len(key) + 1 :].isdecimal())
        return next(numbered, "")

    def unfinished(self) -> list[RunRecord]:
        """Return the runs that have not ended, oldest first."""
        return self._select(f"NOT {_ENDED}", ())

    def with_process(self) -> list[RunRecord]:
        """Return the runs whose command is running, oldest first."""
        return self._select("pid IS NOT NULL", ())

    def delete(self, name: str) -> None:
        """Delete a run and its trials."""
        key = name.lower()
        self.database.execute("DELETE FROM runs WHERE key=? OR lower(parent)=?", (key, key))

    def _select(self, condition: str, values: Iterable[Any]) -> list[RunRecord]:
        sql = f"SELECT {','.join(_FIELDS)} FROM runs WHERE {condition} ORDER BY seq"  # noqa: S608
        return [_record(row) for row in self.database.execute(sql, tuple(values))]


def _literal(key: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in key)


def _column(name: str, value: Any) -> Any:
    return json.dumps(value) if name in _JSON else value


def _record(row: sqlite3.Row) -> RunRecord:
    return RunRecord(**{k: json.loads(row[k]) if k in _JSON else row[k] for k in _FIELDS})
