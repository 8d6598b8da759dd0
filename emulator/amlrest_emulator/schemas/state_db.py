"""``state.db``: resources, their secrets, settings, long-running operations and runs."""

from __future__ import annotations

from amlrest_emulator.schemas.schema import Migration

APPLICATION_ID = 0x414D4C53  # AMLS

# Unless they exist: amlrest made the same tables before databases had versions.
_V1 = """
CREATE TABLE IF NOT EXISTS resources (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    parent TEXT NOT NULL,
    type TEXT NOT NULL COLLATE NOCASE,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    created TEXT NOT NULL,
    modified TEXT NOT NULL,
    name TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_parent ON resources (parent, type, seq);
CREATE TABLE IF NOT EXISTS secrets (key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS operations (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, resource TEXT NOT NULL, plan TEXT NOT NULL,
    started TEXT NOT NULL, ended TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (
    key TEXT PRIMARY KEY, seq INTEGER, name TEXT, kind TEXT, parent TEXT, status TEXT,
    experiment TEXT, plan TEXT, arguments TEXT, created REAL, started REAL, ended REAL,
    error TEXT, run_id TEXT, experiment_id TEXT, pid INTEGER, pid_start TEXT, outcome TEXT);
CREATE INDEX IF NOT EXISTS runs_by_parent ON runs (parent, seq);
"""

# No statement that a job needs reads the whole table.
_V2 = """
DROP INDEX runs_by_parent;
CREATE INDEX IF NOT EXISTS runs_by_seq ON runs (seq);
CREATE INDEX IF NOT EXISTS runs_by_sweep ON runs (lower(parent), seq);
CREATE INDEX IF NOT EXISTS runs_by_run_id ON runs (run_id);
CREATE INDEX IF NOT EXISTS runs_unfinished ON runs (seq)
    WHERE NOT status IN ('Canceled', 'Completed', 'Failed');
CREATE INDEX IF NOT EXISTS runs_with_process ON runs (seq) WHERE pid IS NOT NULL;
"""

MIGRATIONS: tuple[Migration, ...] = (_V1, _V2)
