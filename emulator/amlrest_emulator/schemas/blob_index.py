"""``blobs/index.db``: containers, blobs and uncommitted blocks."""

from __future__ import annotations

import sqlite3

from amlrest_emulator.schemas.schema import Migration

APPLICATION_ID = 0x414D4C42  # AMLB

# Unless they exist: amlrest made the same tables before databases had versions.
_V1 = """
CREATE TABLE IF NOT EXISTS containers(
  name TEXT PRIMARY KEY, etag TEXT, modified REAL, metadata TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blobs(
  container TEXT, name TEXT, etag TEXT, created REAL, modified REAL, size INTEGER,
  headers TEXT, metadata TEXT, segments TEXT, live TEXT,
  PRIMARY KEY(container, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blocks(
  container TEXT, blob TEXT, id TEXT, file TEXT, size INTEGER,
  PRIMARY KEY(container, blob, id)) WITHOUT ROWID;
"""


def _v2_growing_files_are_relative(index: sqlite3.Connection) -> None:
    """Make the paths of growing log files relative to the state folder, which may be moved.

    The name of the blob says where the file is: ``ExperimentRun/dcid.<run>/user_logs/<file>`` is
    ``jobs/<run>/user_logs/<file>``, and ``…/logs/<file>`` is ``jobs/<run>/code/logs/<file>``.
    """
    rows = index.execute("SELECT container, name FROM blobs WHERE live IS NOT NULL").fetchall()
    for container, name in rows:
        _, run, file = name.split("/", 2)
        folder = "code/" if file.startswith("logs/") else ""
        live = f"jobs/{run.removeprefix('dcid.').lower()}/{folder}{file}"
        sql = "UPDATE blobs SET live = ? WHERE container = ? AND name = ?"
        index.execute(sql, (live, container, name))


MIGRATIONS: tuple[Migration, ...] = (_V1, _v2_growing_files_are_relative)
