"""Records of the blob store: containers, blobs and blocks."""

from __future__ import annotations

import json
import secrets
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from amlrest_emulator.blob.conditions import Version


def new_etag() -> str:
    """Return a new quoted ETag; never an old one, whatever the clock says after a restart."""
    return f'"0x{secrets.token_hex(8).upper()}"'


@dataclass(frozen=True, slots=True)
class Segment:
    """A content file of a blob: a committed block, or the content of a Put Blob.

    Attributes:
        block_id: Base64 id, or "" for the content of a Put Blob.
        file: path in the folder of the container.
        size: number of bytes.
    """

    block_id: str
    file: str
    size: int


@dataclass(frozen=True, slots=True)
class ContainerRecord:
    """A container."""

    name: str
    etag: str
    modified: float
    metadata: dict[str, str]

    @property
    def version(self) -> Version:
        """Version for conditional headers."""
        return Version(self.etag, self.modified)


@dataclass(frozen=True, slots=True)
class BlobRecord:
    """A committed blob.

    Attributes:
        headers: content headers by lower-case name (``content-type``, ``content-md5``, …).
        live: absolute path of a growing log file that is the content, or None.
    """

    container: str
    name: str
    etag: str
    created: float
    modified: float
    size: int
    headers: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    segments: tuple[Segment, ...] = ()
    live: Path | None = None

    @property
    def version(self) -> Version:
        """Version for conditional headers."""
        return Version(self.etag, self.modified)


def container_of(row: sqlite3.Row) -> ContainerRecord:
    """Return the container of a row of ``containers``."""
    metadata = json.loads(row["metadata"])
    return ContainerRecord(row["name"], row["etag"], row["modified"], metadata)


def blob_of(row: sqlite3.Row, live_root: Path) -> BlobRecord:
    """Return the blob of a row of ``blobs``; a growing file has its current size."""
    live = live_root / row["live"] if row["live"] else None
    size, etag, modified = row["size"], row["etag"], row["modified"]
    if live is not None and live.exists():
        stat = live.stat()
        size, modified = stat.st_size, stat.st_mtime
        etag = f'"0x{stat.st_mtime_ns:X}{stat.st_size:08X}"'
    return BlobRecord(
        container=row["container"],
        name=row["name"],
        etag=etag,
        created=row["created"],
        modified=modified,
        size=size,
        headers=json.loads(row["headers"]),
        metadata=json.loads(row["metadata"]),
        segments=tuple(Segment(*item) for item in json.loads(row["segments"])),
        live=live,
    )


def blob_row(blob: BlobRecord, live_root: Path) -> tuple[object, ...]:
    """Return the values of a row of ``blobs`` in column order."""
    live = blob.live
    if live is not None and live.is_relative_to(live_root):
        live = live.relative_to(live_root)
    segments = [(item.block_id, item.file, item.size) for item in blob.segments]
    return (
        blob.container,
        blob.name,
        blob.etag,
        blob.created,
        blob.modified,
        blob.size,
        json.dumps(blob.headers),
        json.dumps(blob.metadata),
        json.dumps(segments),
        str(live) if live else None,
    )
