"""Blob store: content in files with generated names, everything else in SQLite.

Blob names are never file paths, so ``..``, ``/``, long and non-ASCII names are safe. A write
creates new files and replaces the old ones in one transaction: readers keep the version they
opened, of all its blocks, and a crash leaves the old one. What a client
sends is on the disk before the index refers to it, and replaced files are removed when the index on
the disk no longer does: a power failure leaves no torn blob.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from amlrest_emulator.blob.conditions import check_write
from amlrest_emulator.blob.errors import BlobError
from amlrest_emulator.blob.leases import Leases
from amlrest_emulator.blob.naming import check_blob, check_container, check_metadata
from amlrest_emulator.blob.records import (
    BlobRecord,
    ContainerRecord,
    Segment,
    blob_of,
    blob_row,
    container_of,
    new_etag,
)
from amlrest_emulator.database import Database
from amlrest_emulator.disk import make_folder
from amlrest_emulator.schemas import BLOB_INDEX

_FILES = """
SELECT container, json_extract(item.value, '$[1]') AS file
FROM blobs, json_each(blobs.segments) AS item
UNION ALL SELECT container, file FROM blocks
"""
# Sorts after all other characters.
_LAST = "\U0010ffff"
_NO_CONDITIONS: Mapping[str, str] = {}


class BlobStore:
    """Containers and blobs in one folder; safe to use from several threads.

    Args:
        root: folder of the content files and ``index.db``; created if missing. Paths of growing
            log files are kept relative to its parent, so that both can be moved together.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._live_root = root.parent
        root.mkdir(parents=True, exist_ok=True)
        self._db = Database(root / "index.db", BLOB_INDEX)
        self._leases = Leases()
        self._retired: list[Path] = []
        self._retiring = threading.Lock()

    def close(self) -> None:
        """Settle all changes and close the index."""
        self.settle()
        self._db.close()

    def remove_orphans(self) -> int:
        """Remove unreferenced content files; return their number.

        Only before serving: files of uploads in progress are unreferenced too.
        """
        known = {(row["container"], row["file"]) for row in self._db.execute(_FILES)}
        count = 0
        for path in self.root.glob("*/??/*"):
            container, *file = path.relative_to(self.root).parts
            if (container, "/".join(file)) not in known:
                path.unlink()
                count += 1
        return count

    def create_container(
        self, name: str, metadata: dict[str, str] | None = None
    ) -> ContainerRecord:
        """Create a container; raise ``ContainerAlreadyExists`` if it exists."""
        check_container(name)
        record = ContainerRecord(name, new_etag(), time.time(), check_metadata(metadata or {}))
        values = (record.name, record.etag, record.modified, json.dumps(record.metadata))
        try:
            self._db.execute("INSERT INTO containers VALUES (?,?,?,?)", values)
        except sqlite3.IntegrityError:
            message = f"The container {name!r} already exists."
            raise BlobError("ContainerAlreadyExists", message) from None
        return record

    def ensure_container(self, name: str) -> None:
        """Create a container unless it exists."""
        with contextlib.suppress(BlobError), self._db.transaction():
            if not self._db.execute("SELECT 1 FROM containers WHERE name=?", (name,)):
                self.create_container(name)

    def container(self, name: str) -> ContainerRecord:
        """Return a container, or raise ``ContainerNotFound``."""
        rows = self._db.execute("SELECT * FROM containers WHERE name=?", (check_container(name),))
        if not rows:
            raise BlobError("ContainerNotFound", f"There is no container {name!r}.")
        return container_of(rows[0])

    def containers(self, prefix: str, marker: str, limit: int) -> list[ContainerRecord]:
        """Return up to ``limit`` containers starting at ``marker``, by name."""
        rows = self._db.execute(
            "SELECT * FROM containers WHERE name >= ? AND name < ? ORDER BY name LIMIT ?",
            (max(prefix, marker), prefix + _LAST, limit),
        )
        return [container_of(row) for row in rows]

    def set_container_metadata(self, name: str, metadata: dict[str, str]) -> ContainerRecord:
        """Replace a container's metadata."""
        record = dataclasses.replace(
            self.container(name),
            etag=new_etag(),
            modified=time.time(),
            metadata=check_metadata(metadata),
        )
        self._db.execute(
            "UPDATE containers SET etag=?, modified=?, metadata=? WHERE name=?",
            (record.etag, record.modified, json.dumps(record.metadata), name),
        )
        return record

    def delete_container(self, name: str) -> None:
        """Delete a container and its blobs."""
        with self._db.transaction():
            self.container(name)
            for table, column in (("containers", "name"), ("blobs", "container")):
                self._db.execute(f"DELETE FROM {table} WHERE {column}=?", (name,))  # noqa: S608
            self._db.execute("DELETE FROM blocks WHERE container=?", (name,))
        self._retire((self.root / name).glob("??/*"))

    def blob(self, container: str, name: str) -> BlobRecord:
        """Return a blob, or raise ``ContainerNotFound`` or ``BlobNotFound``."""
        self.container(container)
        found = self.find(container, name)
        if found is None:
            raise BlobError("BlobNotFound", f"There is no blob {name!r} in {container!r}.")
        return found

    @contextlib.contextmanager
    def reading(self, container: str, name: str) -> Iterator[BlobRecord]:
        """Yield a blob whose content stays until the end of the block, also if it is replaced.

        Raises:
            BlobError: ``ContainerNotFound`` or ``BlobNotFound``; ``InternalError`` if its content
                was lost.
        """
        with self._db.transaction():  # nothing is replaced between the two
            blob = self.blob(container, name)
            files = list(self._files(container, blob.segments))
            files += [blob.live] if blob.live else []
            self._leases.hold(files)
        try:
            self._check_content(blob)
            yield blob
        finally:
            self._leases.release(files)

    def _check_content(self, blob: BlobRecord) -> None:
        """Check that no content is missing or torn: results of jobs are not waited for."""
        for segment, path in zip(
            blob.segments, self._files(blob.container, blob.segments), strict=True
        ):
            if _size(path) < segment.size:
                message = (
                    f"The content of the blob {blob.name!r} was lost in a power failure, or is "
                    "missing in a copy of the state folder; write the blob again."
                )
                raise BlobError("InternalError", message)

    def find(self, container: str, name: str) -> BlobRecord | None:
        """Return a blob or None."""
        rows = self._db.execute(
            "SELECT * FROM blobs WHERE container=? AND name=?", (container, name)
        )
        return blob_of(rows[0], self._live_root) if rows else None

    def scan(self, container: str, prefix: str, start: str, limit: int) -> list[BlobRecord]:
        """Return up to ``limit`` blobs under ``prefix`` starting at ``start``, by name."""
        rows = self._db.execute(
            "SELECT * FROM blobs WHERE container=? AND name >= ? AND name < ? "
            "ORDER BY name LIMIT ?",
            (container, max(prefix, start), prefix + _LAST, limit),
        )
        return [blob_of(row, self._live_root) for row in rows]

    def walk(self, container: str, prefix: str) -> Iterator[BlobRecord]:
        """Yield every blob under ``prefix``."""
        start, page = prefix, 500
        while found := self.scan(container, prefix, start, page):
            yield from found
            start = found[-1].name + "\0"

    def new_file(self, container: str) -> tuple[str, BinaryIO]:
        """Create a content file in a container; return its name and the open file."""
        self.container(container)
        name = uuid.uuid4().hex
        file = f"{name[:2]}/{name}"
        path = self.root / container / file
        make_folder(path.parent)
        return file, path.open("xb")

    def discard(self, container: str, files: Sequence[str]) -> None:
        """Remove content files that were never referenced."""
        self._leases.remove(self.root / container / file for file in files)

    def empty(self, blobs: Iterable[BlobRecord]) -> None:
        """Free the space of blobs that are about to be deleted; their content is lost."""
        for blob in blobs:
            for item in blob.segments:
                with contextlib.suppress(FileNotFoundError):
                    os.truncate(self.root / blob.container / item.file, 0)

    def remove_local(self, path: Path) -> None:
        """Remove a growing file that is no longer the content of a blob, likewise."""
        self._leases.remove([path])

    def settle(self) -> None:
        """Write all changes to the disk, then remove the files that they have replaced."""
        with self._retiring:
            retired, self._retired = self._retired, []
        self._db.settle()
        self._leases.remove(retired)

    def _retire(self, files: Iterable[Path]) -> None:
        """Let the next ``settle`` remove files that the index no longer refers to."""
        with self._retiring:
            self._retired += files

    def _files(self, container: str, segments: Iterable[Segment]) -> Iterator[Path]:
        return (self.root / container / item.file for item in segments)

    def put(
        self,
        container: str,
        name: str,
        segments: Sequence[Segment],
        *,
        headers: dict[str, str] | None = None,
        metadata: dict[str, str] | None = None,
        conditions: Mapping[str, str] = _NO_CONDITIONS,
        may_replace: bool = True,
    ) -> BlobRecord:
        """Create or replace a blob if the conditional headers match.

        Args:
            container: name of its container.
            name: name of the blob.
            segments: its content: one new file, or blocks of this blob.
            headers: content headers.
            metadata: user metadata.
            conditions: headers of the request, by lower-case name.
            may_replace: whether an existing blob may be replaced.

        Raises:
            BlobError: a condition is not met, the blob exists and may not be replaced, or a block
                is gone.
        """
        check_blob(name)
        check_metadata(metadata or {})
        with self._db.transaction():
            self.container(container)
            old = self.find(container, name)
            if old and not may_replace:
                raise BlobError(
                    "AuthorizationPermissionMismatch",
                    "The blob exists; to replace it the SAS needs the permission w, not only c.",
                )
            check_write(conditions, old.version if old else None)
            staged = self.staged(container, name)
            _check_blocks(segments, [*(old.segments if old else ()), *staged])
            now = time.time()
            blob = BlobRecord(
                container=container,
                name=name,
                etag=new_etag(),
                created=old.created if old else now,
                modified=now,
                size=sum(item.size for item in segments),
                headers=headers or {},
                metadata=metadata or {},
                segments=tuple(segments),
            )
            self._insert("REPLACE", blob)
            self._db.execute("DELETE FROM blocks WHERE container=? AND blob=?", (container, name))
        kept = {item.file for item in segments}
        former = [*(old.segments if old else ()), *staged]
        self._retire(self._files(container, [item for item in former if item.file not in kept]))
        return blob

    def put_live(self, container: str, name: str, path: Path, content_type: str) -> None:
        """Create a blob whose content is a growing local file, unless it exists."""
        now = time.time()
        headers = {"content-type": content_type}
        blob = BlobRecord(container, name, new_etag(), now, now, 0, headers=headers, live=path)
        self._insert("IGNORE", blob)

    def update(self, blob: BlobRecord) -> BlobRecord:
        """Store changed headers or metadata of a blob with a new ETag."""
        check_metadata(blob.metadata)
        changed = dataclasses.replace(blob, etag=new_etag(), modified=time.time())
        self._insert("REPLACE", changed)
        return changed

    def delete(
        self, container: str, name: str, conditions: Mapping[str, str] = _NO_CONDITIONS
    ) -> None:
        """Delete a blob if the conditional headers match."""
        with self._db.transaction():
            blob = self.blob(container, name)
            check_write(conditions, blob.version)
            self._db.execute("DELETE FROM blobs WHERE container=? AND name=?", (container, name))
        self._retire(self._files(container, blob.segments))

    def stage(self, container: str, name: str, block: Segment) -> None:
        """Store an uncommitted block; replace one with the same id."""
        check_blob(name)
        with self._db.transaction():
            self.container(container)
            key = (container, name, block.block_id)
            sql = "SELECT * FROM blocks WHERE container=? AND blob=? AND id=?"
            old = [_block(row) for row in self._db.execute(sql, key)]
            self._db.execute(
                "INSERT OR REPLACE INTO blocks VALUES (?,?,?,?,?)", (*key, block.file, block.size)
            )
        self._retire(self._files(container, old))

    def staged(self, container: str, name: str) -> list[Segment]:
        """Return the uncommitted blocks of a blob."""
        rows = self._db.execute(
            "SELECT * FROM blocks WHERE container=? AND blob=?", (container, name)
        )
        return [_block(row) for row in rows]

    def _insert(self, otherwise: str, blob: BlobRecord) -> None:
        row = blob_row(blob, self._live_root)
        marks = ",".join("?" * len(row))
        self._db.execute(f"INSERT OR {otherwise} INTO blobs VALUES ({marks})", row)  # noqa: S608


def _size(path: Path) -> int:
    """Return the size of a file, -1 if there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def _block(row: sqlite3.Row) -> Segment:
    return Segment(row["id"], row["file"], row["size"])


def _check_blocks(segments: Sequence[Segment], known: Sequence[Segment]) -> None:
    """Check that the blocks of a block list have not been replaced since it was read."""
    files = {item.file for item in known}
    gone = [item.block_id for item in segments if item.block_id and item.file not in files]
    if gone:
        raise BlobError("InvalidBlockList", f"The block {gone[0]!r} was replaced meanwhile.")
