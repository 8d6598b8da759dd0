"""What an upload or a download decides before it moves anything."""

from __future__ import annotations

import hashlib
import os
import threading
from typing import TYPE_CHECKING, NamedTuple

from amlrest._files.snapshot import MAX_BLOB_NAME
from amlrest.errors import TransportError, UploadError, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from amlrest._files.snapshot import Snapshot, SnapshotFile

SIZE_LIMITS = (1 << 19, 4 << 20, 16 << 20)
"""Files up to these sizes are sent whole, the others as streams of blocks."""
BLOCK = 8 << 20
BLOCKS_AT_ONCE = 4
FILES_AT_ONCE = 64
_BATCH = 16
_IN_FLIGHT = 32 << 20
_MAX_BLOCKS = 50_000


class Progress(NamedTuple):
    """How far an upload or download is; what was there already counts as done."""

    files_done: int
    files_total: int
    bytes_done: int
    bytes_total: int


class TransferResult(NamedTuple):
    """What an upload or download did.

    Attributes:
        sent: files moved.
        skipped: files that were there already.
        bytes_sent: bytes moved.
        bytes_skipped: bytes that were there already.
    """

    sent: int
    skipped: int
    bytes_sent: int
    bytes_skipped: int


class Item(NamedTuple):
    """A blob and the file it comes from or becomes.

    Attributes:
        blob: its name in the container.
        file: where the file is or will be.
        size: in bytes.
        source: the file as it was scanned, when it is to be sent.
    """

    blob: str
    file: Path
    size: int
    source: SnapshotFile | None = None


class SizeGroup(NamedTuple):
    """Items of like size, and how many of the largest may be in memory beside each other."""

    at_once: int
    items: list[Item]

    def batches(self) -> Iterator[list[Item]]:
        """Yield items that are read in one go: a few small ones, and never more than a large one.

        Going to a thread costs as much as reading a small file. There are batches enough to keep
        everybody busy until the end.
        """
        most = min(_BATCH, max(1, len(self.items) // (2 * self.at_once)))
        batch: list[Item] = []
        size = 0
        for item in self.items:
            if batch and (len(batch) == most or size + item.size > SIZE_LIMITS[0]):
                yield batch
                batch, size = [], 0
            batch.append(item)
            size += item.size
        yield batch


class ProgressTracker:
    """Counts what is done and tells whoever wants to know.

    Args:
        items: everything that is to be there in the end.
        there: what is there already.
        on_progress: called after each file, and after each block of a large one.
    """

    def __init__(
        self, items: list[Item], there: list[Item], on_progress: Callable[[Progress], None] | None
    ) -> None:
        self._total = len(items), sum(item.size for item in items)
        self._skipped = len(there), sum(item.size for item in there)
        self._files, self._bytes = self._skipped
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self.add()

    def add(self, *, files: int = 0, size: int = 0) -> None:
        """Note that so many files and bytes are through."""
        with self._lock:
            self._files += files
            self._bytes += size
            now = Progress(self._files, self._total[0], self._bytes, self._total[1])
            if self._on_progress:
                self._on_progress(now)

    def result(self) -> TransferResult:
        """What was done, once everything is."""
        files, size = self._skipped
        return TransferResult(self._total[0] - files, files, self._total[1] - size, size)


def upload_items(snapshot: Snapshot, prefix: str) -> list[Item]:
    """Pair each file with the blob it becomes.

    Raises:
        ValidationError: a blob's name would be too long, or the prefix is empty.
    """
    root = prefix.strip("/")
    if not root:
        raise ValidationError("files need a folder in the datastore, not its root")
    return [_item(root, file) for file in snapshot.files]


def _item(root: str, file: SnapshotFile) -> Item:
    name = f"{root}/{file.path}"
    if len(name) > MAX_BLOB_NAME:
        raise ValidationError(
            f"{file.source}: its name in the datastore would have {len(name)} characters; "
            f"{MAX_BLOB_NAME} are allowed"
        )
    return Item(name, file.source, file.size, file)


def group_by_size(items: Iterable[Item]) -> list[SizeGroup]:
    """Sort items into lanes so that about 32 MiB are in memory at any time.

    The last lane has the files that are too large for one piece.
    """
    sorted_in: list[list[Item]] = [[] for _ in (*SIZE_LIMITS, None)]
    for item in items:
        sorted_in[sum(item.size > limit for limit in SIZE_LIMITS)].append(item)
    at_once = [min(FILES_AT_ONCE, _IN_FLIGHT // limit) for limit in SIZE_LIMITS]
    return [SizeGroup(n, held) for n, held in zip((*at_once, 1), sorted_in, strict=True) if held]


def is_whole(item: Item) -> bool:
    """Whether a file is sent in one piece."""
    return item.size <= SIZE_LIMITS[-1]


def block_size(size: int) -> int:
    """Bytes in a block, so that a blob of that many bytes has no more blocks than it may."""
    return max(BLOCK, -(-size // _MAX_BLOCKS))


def check_content(item: Item, content: bytes) -> None:
    """Refuse to send bytes that are not the snapshot's.

    Raises:
        UploadError: the file was changed since.
    """
    if item.source and hashlib.sha256(content).digest() != item.source.sha256:
        raise _changed(item)


def check_unchanged(item: Item, now: os.stat_result, sent: int) -> None:
    """Refuse to commit a large file whose size or time of change is no longer the snapshot's.

    Raises:
        UploadError: the file was changed since.
    """
    then = item.source
    if then and (then.size, then.size, then.mtime_ns) != (sent, now.st_size, now.st_mtime_ns):
        raise _changed(item)


def _changed(item: Item) -> UploadError:
    return UploadError(f"{item.file}: it was changed while it was uploaded; upload it again")


def download_items(found: Mapping[str, int], prefix: str, folder: Path) -> list[Item]:
    """Pair each blob below a prefix with the file it becomes.

    Blobs without content that stand for a folder are left out.

    Args:
        found: size in bytes by name.
        prefix: a folder in the container, or the name of one blob.
        folder: where the files go.

    Raises:
        TransportError: a name leads out of the folder, or two names exclude each other.
    """
    root = prefix.strip("/")
    folders = {name[:at] for name in found for at in _slashes(name)}
    items = []
    for name, size in sorted(found.items()):
        if name in folders and size == 0:
            continue
        if name in folders:
            raise TransportError(
                f"{name} is a file and a folder in the datastore; neither was fetched"
            )
        below = name.rpartition("/")[2] if name == root else name[len(root) :].lstrip("/")
        items.append(Item(name, folder.joinpath(*_safe_parts(below, name)), size))
    return items


def _slashes(name: str) -> Iterable[int]:
    return (at for at, sign in enumerate(name) if sign == "/")


def _safe_parts(path: str, name: str) -> list[str]:
    parts = path.split("/")
    unsafe = ("\\", ":") if os.name == "nt" else ()
    if any(p in ("", ".", "..") or "\0" in p or any(s in p for s in unsafe) for p in parts):
        raise TransportError(f"the blob {name!r} has a name that no file below a folder can have")
    return parts


def check_inside(item: Item, folder: Path) -> None:
    """Refuse to write through a link that leads out of the folder.

    Raises:
        TransportError: the file would be elsewhere.
    """
    if not item.file.parent.resolve().is_relative_to(folder.resolve()) or item.file.is_symlink():
        raise TransportError(f"{item.file}: a link leads elsewhere; {item.blob} was not fetched")
