"""Versions of a SQLite database: refused when it is newer or damaged, else migrated.

The version is SQLite's ``user_version``; a database of an amlrest without versions has 0.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Migration = str | Callable[[sqlite3.Connection], None]
"""SQL statements, or a function that runs them; the transaction around it is not its own."""

# SQLITE_ERROR: our statements are right, so the tables are not those that they are written for.
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
_COLUMNS = """
SELECT tables.name || '.' || columns.name
FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
WHERE tables.type = 'table'
"""


class UnusableFolderError(RuntimeError):
    """A state folder that this version cannot use; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of one database in every version.

    Attributes:
        application_id: SQLite's ``application_id`` of the database, which tells it from others.
        migrations: the first makes version 1 of an empty database or of one without a version,
            each other one the next version of the one before.
    """

    application_id: int
    migrations: tuple[Migration, ...]

    @property
    def version(self) -> int:
        """The version that this amlrest reads and writes."""
        return len(self.migrations)

    def check(self, path: Path) -> None:
        """Check a database, if there is one, without changing it.

        Raises:
            UnusableFolderError: it is newer, damaged or of another program.
        """
        if path.exists():
            with closing(sqlite3.connect(path)) as connection:
                self._check(connection, path)

    def migrate(self, connection: sqlite3.Connection, path: Path) -> None:
        """Create the tables, or bring them to the current version in one transaction.

        Args:
            connection: autocommit connection to the database.
            path: file of the database, for messages.

        Raises:
            UnusableFolderError: the database is newer, damaged or of another program.
        """
        self._check(connection, path)
        connection.execute("BEGIN IMMEDIATE")
        try:
            with damage_told(path):
                self._apply(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        missing = self._expected_columns() - _columns(connection)
        if missing:
            raise damaged(path, f"the column {min(missing)} is missing")

    def _apply(self, connection: sqlite3.Connection) -> None:
        # Read within the transaction: another process may have migrated it since the check.
        for migration in self.migrations[_pragma(connection, "user_version") :]:
            if callable(migration):
                migration(connection)
                continue
            for statement in _statements(migration):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {self.application_id}")
        connection.execute(f"PRAGMA user_version = {self.version}")

    def _check(self, connection: sqlite3.Connection, path: Path) -> None:
        with damage_told(path):
            version = _pragma(connection, "user_version")
            owner = _pragma(connection, "application_id")
            columns = _columns(connection)
        if owner not in {0, self.application_id} or (version and not owner):
            raise _foreign(path)
        if version > self.version:
            raise _newer(path, version, self.version)
        check_pages(connection, path)
        if columns and not version and columns.isdisjoint(self._expected_columns()):
            raise _foreign(path)

    def _expected_columns(self) -> set[str]:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            self._apply(connection)
            return _columns(connection)


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Turn errors about the content of a file into ``UnusableFolderError``."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise damaged(path, "a name in it is not UTF-8") from error
    except sqlite3.DatabaseError as error:
        # Python's own errors, such as text that is not UTF-8, have no code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code & 0xFF not in _DAMAGE:
            raise
        raise damaged(path, str(error)) from error


def check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Raise ``UnusableFolderError`` if the pages of a database do not fit together."""
    with damage_told(path):
        problem = _pragma(connection, "quick_check(1)")
    if problem != "ok":
        raise damaged(path, problem)


def _pragma(connection: sqlite3.Connection, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def _columns(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute(_COLUMNS)}


def _statements(script: str) -> Iterator[str]:
    """Split a script; ``executescript`` would end the transaction around it."""
    statement = ""
    for part in script.rstrip().removesuffix(";").split(";"):
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _newer(path: Path, found: int, known: int) -> UnusableFolderError:
    return UnusableFolderError(
        f"{path} was written by a newer amlrest (version {found}; this one reads up to {known}); "
        "upgrade amlrest, or choose another state folder"
    )


def _foreign(path: Path) -> UnusableFolderError:
    return UnusableFolderError(
        f"{path} is a database of another program; choose another state folder"
    )


def damaged(path: Path, reason: str) -> UnusableFolderError:
    """Return the refusal of a damaged file."""
    return UnusableFolderError(
        f"{path} is damaged: {reason}; restore the state folder from a backup, "
        "or move it away to begin with an empty one"
    )
