"""The workspace's resources in SQLite, so that a restart loses nothing."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

_TABLES = """
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
"""
_COLUMNS = "seq, id, type, body, created, modified"
ORDERS = ("seq", "modified", "name")
_AFTER_EVERY_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Resource:
    """A stored resource.

    Attributes:
        id: ARM id with the case it was created with.
        type: resource type such as ``Microsoft.MachineLearningServices/workspaces/jobs``.
        body: the resource as clients see it, without ``id``, ``name``, ``type``, ``systemData``.
        created: time of creation, as ARM writes it; likewise ``modified``.
        seq: grows with every resource created.
    """

    id: str
    type: str
    body: dict[str, Any]
    created: str = ""
    modified: str = ""
    seq: int = 0

    @property
    def name(self) -> str:
        """The last segment of the id."""
        return self.id.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: by a column of ``ORDERS``, and which way."""

    column: str = "seq"
    descending: bool = False


_OLDEST_FIRST = Order()


@dataclass(slots=True)
class State:
    """Resources, their secrets and the server's settings; safe to use from several threads."""

    path: Path
    _db: sqlite3.Connection = field(init=False, repr=False)
    _lock: threading.RLock = field(init=False, repr=False, default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self._db = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run what is inside as one transaction, alone; one inside another joins it."""
        with self._lock:
            if self._db.in_transaction:
                yield self._db
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def get(self, resource_id: str) -> Resource | None:
        """Return the resource of an ARM id, whatever its case, or None."""
        sql = f"SELECT {_COLUMNS} FROM resources WHERE key = ?"  # noqa: S608
        with self._lock:
            row = self._db.execute(sql, (resource_id.lower(),)).fetchone()
        return _resource(row) if row else None

    def put(self, resource: Resource) -> Resource:
        """Create a resource or replace its body and modification time; returns what is stored."""
        parent, name = parent_of(resource.id), resource.name.lower()
        values = (
            resource.id.lower(),
            parent.lower(),
            resource.type,
            resource.id,
            json.dumps(resource.body),
            resource.created,
            resource.modified,
            name,
        )
        sql = f"""INSERT INTO resources (key, parent, type, id, body, created, modified, name)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET body = excluded.body, modified = excluded.modified
            RETURNING {_COLUMNS}"""  # noqa: S608
        with self._lock:
            return _resource(self._db.execute(sql, values).fetchone())

    def update(
        self, resource_id: str, change: Callable[[dict[str, Any]], dict[str, Any]], modified: str
    ) -> Resource | None:
        """Replace a resource's body by what ``change`` makes of it, in one transaction.

        Returns:
            What is stored now, or None when there is no such resource.
        """
        with self.transaction():
            found = self.get(resource_id)
            if found is None:
                return None
            return self.put(replace(found, body=change(found.body), modified=modified))

    def delete(self, resource_id: str) -> bool:
        """Delete a resource and everything below it; returns whether there was one."""
        key = resource_id.lower()
        below = (key, key + "/", key + "/" + _AFTER_EVERY_CHARACTER)
        with self.transaction() as db:
            db.execute("DELETE FROM secrets WHERE key = ? OR (key > ? AND key < ?)", below)
            sql = "DELETE FROM resources WHERE key = ? OR (key > ? AND key < ?)"
            return db.execute(sql, below).rowcount > 0

    def page(
        self,
        parent: str,
        resource_type: str,
        *,
        order: Order = _OLDEST_FIRST,
        after: list[Any] | None = None,
        limit: int = 100,
    ) -> list[Resource]:
        """Return up to ``limit`` children of one type, in order.

        Args:
            parent: ARM id of what holds them.
            resource_type: their type.
            order: sorted by what, and which way.
            after: ``position`` of the last resource already seen; None for the beginning.
            limit: number of resources at most.
        """
        column = order.column if order.column in ORDERS else "seq"
        way, beyond = ("DESC", "<") if order.descending else ("ASC", ">")
        sql = f"SELECT {_COLUMNS} FROM resources WHERE parent = ? AND type = ?"  # noqa: S608
        values: list[Any] = [parent.lower(), resource_type]
        if after is not None:
            sql += f" AND ({column}, seq) {beyond} (?, ?)"
            values += after
        sql += f" ORDER BY {column} {way}, seq {way} LIMIT ?"
        with self._lock:
            rows = self._db.execute(sql, (*values, limit)).fetchall()
        return [_resource(row) for row in rows]

    def scan(
        self,
        parent: str,
        resource_type: str,
        order: Order = _OLDEST_FIRST,
        after: list[Any] | None = None,
        batch: int = 256,
    ) -> Iterator[Resource]:
        """Yield the children of one type in order, ``batch`` in memory at a time."""
        while found := self.page(parent, resource_type, order=order, after=after, limit=batch):
            yield from found
            if len(found) < batch:
                return
            after = position(found[-1], order)

    def of_type(self, resource_type: str, scope: str = "") -> list[Resource]:
        """Return all resources of a type at or below a scope, oldest first; for types with few."""
        prefix = scope.lower()
        sql = (
            f"SELECT {_COLUMNS} FROM resources WHERE type = ? AND key >= ? AND key < ? ORDER BY seq"  # noqa: S608
        )
        values = (resource_type, prefix, prefix + _AFTER_EVERY_CHARACTER)
        with self._lock:
            return [_resource(row) for row in self._db.execute(sql, values).fetchall()]

    def secrets(self, resource_id: str) -> dict[str, Any]:
        """Return the write-only fields of a resource, nested as they were sent."""
        sql = "SELECT body FROM secrets WHERE key = ?"
        with self._lock:
            row = self._db.execute(sql, (resource_id.lower(),)).fetchone()
        found: dict[str, Any] = json.loads(row[0]) if row else {}
        return found

    def put_secrets(self, resource_id: str, secrets: dict[str, Any]) -> None:
        """Replace the write-only fields of a resource."""
        values = (resource_id.lower(), json.dumps(secrets))
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO secrets VALUES (?, ?)", values)

    def setting(self, name: str, default: Callable[[], str]) -> str:
        """Return a setting, stored from ``default`` when it is not there yet."""
        with self.transaction() as db:
            row = db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
            if row:
                return str(row[0])
            value = default()
            db.execute("INSERT INTO settings VALUES (?, ?)", (name, value))
            return value

    def put_setting(self, name: str, value: str) -> None:
        """Replace a setting."""
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))


def position(resource: Resource, order: Order) -> list[Any]:
    """Return where a resource stands in a list, to go on after it."""
    keys = {"seq": resource.seq, "modified": resource.modified, "name": resource.name.lower()}
    return [keys[order.column], resource.seq]


def parent_of(resource_id: str) -> str:
    """Return the ARM id one level up: of the container, the workspace or the resource group."""
    scope = resource_id.rpartition("/")[0].rpartition("/")[0]
    head, slash, provider = scope.rpartition("/providers/")
    return head if slash and "/" not in provider else scope


def _resource(row: tuple[Any, ...]) -> Resource:
    seq, resource_id, kind, body, created, modified = row
    return Resource(resource_id, kind, json.loads(body), created, modified, seq)
