"""Run store: no statement that a job needs reads the whole table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.emulator.runner_harness import Harness, command, running_harness
from tests.emulator.test_sweep_runs import log, sweep

pytestmark = pytest.mark.slow


@contextmanager
def statements(harness: Harness) -> Iterator[set[str]]:
    """Yield the SQL that is executed in ``state.db`` until the block ends."""
    found: set[str] = set()
    connection: sqlite3.Connection = harness.state._connection
    connection.set_trace_callback(found.add)
    try:
        yield found
    finally:
        connection.set_trace_callback(None)


def test_a_job_reads_no_whole_table_however_many_there_are(tmp_path: Path) -> None:
    with running_harness(tmp_path / "state") as harness, statements(harness) as executed:
        harness.submit("done", "true")
        harness.wait("done")
        harness.submit("tried", sweep(log("{search_space.x}"), {"x": ["choice", [[1, 2]]]}))
        harness.wait("tried")
        runs = harness.runs
        assert [run.name for run in runs.trials("TRIED")] == ["tried_0", "tried_1"]
        assert runs.name_conflict("tried_7", "command") == "tried"
        assert set(runs.by_run_ids(["run-done"])) == {"run-done"}
        assert runs.unfinished() == runs.with_process() == []
        runs.requeue()
        runs.delete("tried")
    assert len(executed) > 10
    whole = [(sql, detail) for sql in executed for detail in _scans(harness.folder, sql)]
    assert whole == []


def _scans(folder: Path, sql: str) -> list[str]:
    """Return the parts of a statement that read a whole table."""
    if sql.split(maxsplit=1)[0] in {"BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"}:
        return []
    database = sqlite3.connect(folder / "state.db")
    try:
        plan = [str(row[3]) for row in database.execute(f"EXPLAIN QUERY PLAN {sql}")]
    finally:
        database.close()
    return [step for step in plan if step.startswith("SCAN") and "INDEX" not in step]


def test_queued_runs_are_queued_again_and_others_stay(tmp_path: Path) -> None:
    harness = Harness(tmp_path / "state")
    for name, status in (("a", "NotStarted"), ("b", "Preparing"), ("c", "Running")):
        harness.add(name, command("true"))
        harness.runs.update(name, status=status, started=1.0)
    harness.add("s", sweep("true", {"x": ["choice", [[1]]]}))
    harness.runs.requeue()
    found = {run.name: (run.status, run.started) for run in harness.runs.unfinished()}
    assert found == {
        "a": ("Queued", None),
        "b": ("Queued", None),
        "c": ("Running", 1.0),
        "s": ("NotStarted", None),
    }
    harness.blobs.close()
    harness.state.close()
