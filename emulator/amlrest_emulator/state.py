"""Resource store of the workspace in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from amlrest_emulator.database import Database
from amlrest_emulator.json_body import part
from amlrest_emulator.schemas import STATE_DB

_COLUMNS = "seq, id, type, body, created, modified"
ORDERS = ("seq", "modified", "name")
_AFTER_EVERY_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Resource:
    """A stored resource.

    Attributes:
        id: ARM id in the letter case of its creation.
        type: resource type such as ``Microsoft.MachineLearningServices/workspaces/jobs``.
        body: public body without ``id``, ``name``, ``type`` and ``systemData``.
        created: creation time in ARM's format; ``modified`` likewise.
        seq: sequence number, in order of creation.
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

    @property
    def properties(self) -> dict[str, Any]:
        """The object ``properties`` of the body; empty when there is none."""
        return part(self.body, "properties")


@dataclass(frozen=True, slots=True)
class Order:
    """Sort order of a list; ``column`` is one of ``ORDERS``."""

    column: str = "seq"
    descending: bool = False


_OLDEST_FIRST = Order()


class State(Database):
    """Resources, their secrets and the server's settings; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, STATE_DB)

    def get(self, resource_id: str) -> Resource | None:
        """Return the resource of an ARM id, letter case ignored, or None."""
        sql = f"SELECT {_COLUMNS} FROM resources WHERE key = ?"  # noqa: S608
        rows = self.execute(sql, (resource_id.lower(),))
        return _resource(rows[0]) if rows else None

    def put(self, resource: Resource) -> Resource:
        """Create a resource or replace its body and modification time; return the stored one."""
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
        return _resource(self.execute(sql, values)[0])

    def update(
        self, resource_id: str, change: Callable[[dict[str, Any]], dict[str, Any]], modified: str
    ) -> Resource | None:
        """Replace a resource's body by ``change(body)``; return the new one, None if not found."""
        with self.transaction():
            found = self.get(resource_id)
            if found is None:
                return None
            return self.put(replace(found, body=change(found.body), modified=modified))

    def delete(self, resource_id: str) -> bool:
        """Delete a resource and everything below it; return whether it existed."""
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
        """Return up to ``limit`` children of one type in order, after a ``position``."""
        column = order.column if order.column in ORDERS else "seq"
        way, beyond = ("DESC", "<") if order.descending else ("ASC", ">")
        sql = f"SELECT {_COLUMNS} FROM resources WHERE parent = ? AND type = ?"  # noqa: S608
        values: list[Any] = [parent.lower(), resource_type]
        if after is not None:
            sql += f" AND ({column}, seq) {beyond} (?, ?)"
            values += after
        sql += f" ORDER BY {column} {way}, seq {way} LIMIT ?"
        return [_resource(row) for row in self.execute(sql, (*values, limit))]

    def scan(
        self,
        parent: str,
        resource_type: str,
        order: Order = _OLDEST_FIRST,
        after: list[Any] | None = None,
        batch: int = 256,
    ) -> Iterator[Resource]:
        """Yield the children of one type in order, loaded in batches."""
        while found := self.page(parent, resource_type, order=order, after=after, limit=batch):
            yield from found
            if len(found) < batch:
                return
            after = position(found[-1], order)

    def highest_number(self, parent: str, resource_type: str) -> int:
        """Return the highest name of the children of one type that is a number; 0 for none."""
        sql = """SELECT max(CAST(name AS INTEGER)) AS highest FROM resources
            WHERE parent = ? AND type = ? AND name NOT GLOB '*[^0-9]*' AND length(name) < 10"""
        rows = self.execute(sql, (parent.lower(), resource_type))
        return int(rows[0]["highest"] or 0)

    def of_type(self, resource_type: str, scope: str = "") -> list[Resource]:
        """Return all resources of a type at or below a scope, oldest first."""
        prefix = scope.lower()
        sql = (
            f"SELECT {_COLUMNS} FROM resources WHERE type = ? AND key >= ? AND key < ? ORDER BY seq"  # noqa: S608
        )
        values = (resource_type, prefix, prefix + _AFTER_EVERY_CHARACTER)
        return [_resource(row) for row in self.execute(sql, values)]

    def secrets(self, resource_id: str) -> dict[str, Any]:
        """Return the write-only fields of a resource, nested as they were sent."""
        rows = self.execute("SELECT body FROM secrets WHERE key = ?", (resource_id.lower(),))
        found: dict[str, Any] = json.loads(rows[0]["body"]) if rows else {}
        return found

    def put_secrets(self, resource_id: str, secrets: dict[str, Any]) -> None:
        """Replace the write-only fields of a resource."""
        values = (resource_id.lower(), json.dumps(secrets))
        self.execute("INSERT OR REPLACE INTO secrets VALUES (?, ?)", values)

    def setting(self, name: str, default: Callable[[], str]) -> str:
        """Return a setting; ``default()`` is stored if it is not set."""
        with self.transaction():
            rows = self.execute("SELECT value FROM settings WHERE name = ?", (name,))
            if rows:
                return str(rows[0]["value"])
            value = default()
            self.put_setting(name, value)
            return value

    def put_setting(self, name: str, value: str) -> None:
        """Replace a setting."""
        self.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))


def position(resource: Resource, order: Order) -> list[Any]:
    """Return the sort key of a resource, to continue a list after it."""
    keys = {"seq": resource.seq, "modified": resource.modified, "name": resource.name.lower()}
    return [keys[order.column], resource.seq]


def parent_of(resource_id: str) -> str:
    """Return the ARM id of the parent: a container, a workspace or a resource group."""
    scope = resource_id.rpartition("/")[0].rpartition("/")[0]
    head, slash, provider = scope.rpartition("/providers/")
    return head if slash and "/" not in provider else scope


def _resource(row: sqlite3.Row) -> Resource:
    seq, resource_id, kind, body, created, modified = row
    return Resource(resource_id, kind, json.loads(body), created, modified, seq)
