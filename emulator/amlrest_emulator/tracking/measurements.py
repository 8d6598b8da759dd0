"""Metrics and parameters of runs, read from MLflow's database without importing MLflow.

MLflow reads one history per call, which takes seconds for the trials of a sweep.
"""

from __future__ import annotations

import json
import math
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

_TIMEOUT = 2.0
_IN = "run_uuid IN (SELECT value FROM json_each(?))"
_LATEST = "SELECT key, value, is_nan FROM latest_metrics WHERE run_uuid = ? ORDER BY key"
_LAST = f"SELECT run_uuid, value, is_nan FROM latest_metrics WHERE key = ? AND {_IN}"  # noqa: S608
# MLflow keeps infinity as the largest double, and NaN as 0 with a mark.
_EXTREMES = f"""SELECT run_uuid, min(value), max(value) FROM metrics
    WHERE key = ? AND NOT is_nan AND abs(value) < ? AND {_IN} GROUP BY run_uuid"""  # noqa: S608
_COUNTS = "SELECT key, count(*) FROM metrics WHERE run_uuid = ? GROUP BY key"
_HISTORY = """SELECT step, value, is_nan FROM (
        SELECT step, value, is_nan, timestamp,
            row_number() OVER (ORDER BY step, timestamp) - 1 AS number
        FROM metrics WHERE run_uuid = ? AND key = ?)
    WHERE number % ? = 0 OR number = ? ORDER BY number"""
_PARAMETERS = "SELECT key, value FROM params WHERE run_uuid = ? ORDER BY key"


class Point(NamedTuple):
    """A value of a metric; it may be NaN or infinite."""

    step: int
    value: float


class History(NamedTuple):
    """The values of a metric in the order of their steps, or every n-th of them and the last."""

    points: list[Point]
    total: int


class Extremes(NamedTuple):
    """The least, greatest and last value of a metric; the first two are finite."""

    least: float
    greatest: float
    last: float


class Measurements:
    """Reads from a tracking database that need not exist yet; every method blocks.

    Args:
        database: MLflow's database.
    """

    def __init__(self, database: Path) -> None:
        self._uri = f"{database.absolute().as_uri()}?mode=ro"

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._uri, uri=True, timeout=_TIMEOUT)) as connection:
            yield connection

    def latest(self, run_id: str) -> dict[str, float]:
        """Return the last value of every metric of a run, by name."""
        if not run_id:
            return {}
        with self._reading() as db:
            return {key: _logged(*row) for key, *row in db.execute(_LATEST, (run_id,))}

    def parameters(self, run_id: str) -> dict[str, str]:
        """Return the parameters of a run, by name."""
        if not run_id:
            return {}
        with self._reading() as db:
            return dict(db.execute(_PARAMETERS, (run_id,)))

    def histories(self, run_id: str, most: int) -> dict[str, History]:
        """Return the histories of all metrics of a run, each with about ``most`` points at most."""
        if not run_id:
            return {}
        with self._reading() as db:
            counts = dict(db.execute(_COUNTS, (run_id,)))
            return {key: _history(db, run_id, key, counts[key], most) for key in sorted(counts)}

    def extremes(self, key: str, run_ids: Iterable[str]) -> dict[str, Extremes]:
        """Return the extremes of a metric by run id, for runs that have logged a finite value."""
        wanted = json.dumps([run_id for run_id in run_ids if run_id])
        if wanted == "[]":
            return {}
        with self._reading() as db:
            last = {run_id: _logged(*row) for run_id, *row in db.execute(_LAST, (key, wanted))}
            found = db.execute(_EXTREMES, (key, sys.float_info.max, wanted))
            return {
                run_id: Extremes(least, greatest, last.get(run_id, math.nan))
                for run_id, least, greatest in found
            }


def _history(db: sqlite3.Connection, run_id: str, key: str, count: int, most: int) -> History:
    every = -(-count // most)
    rows = db.execute(_HISTORY, (run_id, key, every, count - 1))
    return History([Point(step, _logged(*row)) for step, *row in rows], count)


def _logged(value: float, is_nan: int) -> float:
    if is_nan:
        return math.nan
    return math.copysign(math.inf, value) if abs(value) == sys.float_info.max else value
