"""SQLite database that several threads share."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from amlrest_emulator.schemas import Schema

_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def is_disk_full(error: BaseException) -> bool:
    """Return whether an error of SQLite or the system says that a disk or a quota is full."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        return code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
    return isinstance(error, OSError) and error.errno in _DISK_FULL


class Database:
    """A SQLite connection in WAL mode; safe to use from several threads.

    Args:
        path: database file; created if missing.
        schema: its tables; those of an older version are migrated.

    Raises:
        UnusableFolderError: the database is newer, damaged or of another program.
    """

    def __init__(self, path: Path, schema: Schema) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._settled = 0
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        try:
            schema.migrate(self._connection, path)
            # In this mode a power failure tears nothing, but what was not settled may be missing.
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
        except BaseException:
            self._connection.close()
            raise

    def settle(self) -> None:
        """Write the changes that were committed so far to the disk.

        One call serves all threads that have committed: cheaper than a sync at each commit.
        """
        with self._lock:
            changes = self._connection.total_changes
        if changes == self._settled:
            return
        with contextlib.suppress(FileNotFoundError):  # it is all in the database file already
            descriptor = os.open(f"{self.path}-wal", os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        self._settled = changes

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()

    def execute(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Execute a statement and return its rows."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run the block as one exclusive transaction; nested ones join the outer one."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back itself after some errors, such as a full disk.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
