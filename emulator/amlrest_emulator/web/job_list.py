"""List of jobs: filters of a query string, and pages read from SQLite without the jobs' plans."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from amlrest_emulator.runner.run_store import TERMINAL
from amlrest_emulator.state import State

PAGE = 25
ACTIVE, ENDED = "active", "ended"
STATUSES = (
    "NotStarted",
    "Queued",
    "Preparing",
    "Running",
    "Finalizing",
    "CancelRequested",
    "Completed",
    "Failed",
    "Canceled",
)
KINDS = ("command", "sweep")
_MOST_EXPERIMENTS = 200
_LONGEST_TEXT = 200
# Spelled like the index of ``schemas/state_db.py``, which SQLite uses for the same words only.
_ENDED = "runs.status IN ('Canceled', 'Completed', 'Failed')"
_GROUPS = {ACTIVE: f"NOT {_ENDED}", ENDED: _ENDED}
_PROPERTIES = "resources.body, '$.properties"
_COLUMNS = f"""runs.seq AS seq, runs.name AS name, runs.kind AS kind, runs.status AS status,
    runs.experiment AS experiment, runs.created AS created, runs.started AS started,
    runs.ended AS ended, runs.error AS error, runs.outcome AS outcome,
    json_extract({_PROPERTIES}.displayName') AS display_name,
    json_extract({_PROPERTIES}.objective.primaryMetric') AS metric,
    json_extract({_PROPERTIES}.maxTotalTrials') AS total"""
_FROM = "FROM runs LEFT JOIN resources ON resources.key = ? || runs.key WHERE runs.kind != 'trial'"
_TEXTS = f"""runs.name || ' ' || runs.experiment || ' '
    || coalesce(json_extract({_PROPERTIES}.displayName'), '') || ' '
    || coalesce(json_extract({_PROPERTIES}.description'), '') || ' '
    || coalesce(json_extract({_PROPERTIES}.tags'), '')"""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which jobs are listed, as the query string says it.

    Attributes:
        status: a status, ``active``, ``ended``, or "" for all.
        kind: ``command``, ``sweep`` or "".
        experiment: name of the experiment, or "".
        text: a part of the name, display name, description, experiment or tags, or "".
        before: sequence number that the jobs of this page are below, or None for the first page.
    """

    status: str = ""
    kind: str = ""
    experiment: str = ""
    text: str = ""
    before: int | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """Return the filters of a query string; what it cannot mean is left out."""
        status, kind = query.get("status", ""), query.get("type", "")
        known = {word.lower(): word for word in (*STATUSES, ACTIVE, ENDED)}
        before = query.get("before", "")
        return cls(
            known.get(status.lower(), ""),
            kind.lower() if kind.lower() in KINDS else "",
            query.get("experiment", "")[:_LONGEST_TEXT],
            query.get("text", "").strip()[:_LONGEST_TEXT],
            int(before) if before.isdecimal() and before.isascii() and len(before) < 16 else None,  # noqa: PLR2004
        )

    def __bool__(self) -> bool:
        """Return whether any job is left out, apart from those of other pages."""
        return bool(self.status or self.kind or self.experiment or self.text)

    def query(self, **changes: Any) -> str:
        """Return the query string of these filters with some changed."""
        wanted = replace(self, **changes)
        pairs = {
            "status": wanted.status,
            "type": wanted.kind,
            "experiment": wanted.experiment,
            "text": wanted.text,
            "before": wanted.before,
        }
        return urlencode({key: value for key, value in pairs.items() if value})


class Counts(NamedTuple):
    """How many trials of a sweep there are, and how many of them have ended."""

    created: int = 0
    ended: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A job in the list; times are epoch seconds.

    Attributes:
        seq: sequence number.
        display_name: its display name, or "" if that is its name.
        metric: primary metric of a sweep, or "".
        total: most trials of a sweep, 0 if not known.
        best: best trial of a sweep with its score, once it has ended.
        trials: numbers of its trials.
    """

    seq: int
    name: str
    kind: str
    status: str
    experiment: str
    created: float
    started: float | None
    ended: float | None
    error: str
    display_name: str
    metric: str
    total: int
    best: dict[str, Any]
    trials: Counts = field(default=Counts())

    @property
    def active(self) -> bool:
        """Whether the job has not ended."""
        return self.status not in TERMINAL


class JobList:
    """Reads pages of jobs, newest first.

    Args:
        state: the store.
        workspace_id: ARM id of the workspace.
    """

    def __init__(self, state: State, workspace_id: str) -> None:
        self._state = state
        self._parent = f"{workspace_id.lower()}/jobs/"

    def page(self, filters: Filters, limit: int = PAGE) -> tuple[list[Row], int | None]:
        """Return a page of jobs, and where the next one continues, None at the end."""
        conditions, values = _conditions(filters)
        sql = f"SELECT {_COLUMNS} {_FROM}{conditions} ORDER BY runs.seq DESC LIMIT ?"
        rows = [_row(each) for each in self._state.execute(sql, (self._parent, *values, limit + 1))]
        more = rows[limit - 1].seq if len(rows) > limit else None
        return self._with_counts(rows[:limit]), more

    def counts(self) -> dict[str, int]:
        """Return the number of jobs by status, in the order of ``STATUSES``."""
        sql = "SELECT status, count(*) FROM runs WHERE kind != 'trial' GROUP BY status"
        found = {row["status"]: row[1] for row in self._state.execute(sql)}
        return {status: found[status] for status in STATUSES if status in found}

    def experiments(self) -> list[str]:
        """Return the names of experiments, for a choice."""
        sql = "SELECT DISTINCT experiment FROM runs WHERE kind != 'trial' ORDER BY 1 LIMIT ?"
        return [name for (name,) in self._state.execute(sql, (_MOST_EXPERIMENTS,))]

    def _with_counts(self, rows: list[Row]) -> list[Row]:
        counts = self._counts(row.name for row in rows if row.kind == "sweep")
        return [replace(row, trials=counts.get(row.name.lower(), Counts())) for row in rows]

    def _counts(self, sweeps: Iterable[str]) -> dict[str, Counts]:
        wanted = json.dumps([name.lower() for name in sweeps])
        sql = f"""SELECT lower(parent) AS sweep, count(*) AS created, sum({_ENDED}) AS ended
            FROM runs WHERE lower(parent) IN (SELECT value FROM json_each(?)) GROUP BY 1"""  # noqa: S608
        return {sweep: Counts(*numbers) for sweep, *numbers in self._state.execute(sql, (wanted,))}


def _conditions(filters: Filters) -> tuple[str, list[Any]]:
    """Return the conditions of SQL and their values."""
    sql, values = "", []
    if filters.status in _GROUPS:
        sql += f" AND {_GROUPS[filters.status]}"
    wanted = {
        "runs.status = ?": filters.status if filters.status not in _GROUPS else "",
        "runs.kind = ?": filters.kind,
        "runs.experiment = ?": filters.experiment,
        f"instr(lower({_TEXTS}), lower(?))": filters.text,
        "runs.seq < ?": filters.before,
    }
    for condition, value in wanted.items():
        if value:
            sql += f" AND {condition}"
            values.append(value)
    return sql, values


def _row(row: sqlite3.Row) -> Row:
    facts = dict(row)
    return Row(
        **{key: facts[key] for key in ("seq", "name", "kind", "status", "experiment", "error")},
        **{key: facts[key] for key in ("created", "started", "ended")},
        display_name=_text(facts["display_name"]),
        metric=_text(facts["metric"]),
        total=facts["total"] if isinstance(facts["total"], int) else 0,
        best=json.loads(facts["outcome"] or "{}"),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
