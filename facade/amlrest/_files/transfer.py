"""Transfers: plan uploads and downloads, count progress, check files. No network I/O."""

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
"""Limits of the size groups; larger files than the last one are sent as blocks."""
BLOCK = 8 << 20
BLOCKS_AT_ONCE = 4
FILES_AT_ONCE = 64
_BATCH = 16
_MAX_IN_MEMORY = 32 << 20
_MAX_BLOCKS = 50_000


class Progress(NamedTuple):
    """Progress of an upload or download; files that exist already count as done.

    Attributes:
        path: the local file or folder.
        files_done: number of files done.
        files_total: number of files in all.
        bytes_done: bytes done.
        bytes_total: bytes in all.
    """

    path: Path
    files_done: int
    files_total: int
    bytes_done: int
    bytes_total: int


class TransferResult(NamedTuple):
    """Result of an upload or download.

    Attributes:
        sent: number of files transferred.
        skipped: number of files that existed already.
        bytes_sent: bytes transferred.
        bytes_skipped: bytes that existed already.
    """

    sent: int
    skipped: int
    bytes_sent: int
    bytes_skipped: int


def together(*results: TransferResult) -> TransferResult:
    """Return the sum of several results."""
    return TransferResult(*map(sum, zip(*results, strict=True)))


class Item(NamedTuple):
    """A blob and its local file.

    Attributes:
        blob: name of the blob in the container.
        file: path of the local file.
        size: size in bytes.
        source: the scanned file, for an upload.
    """

    blob: str
    file: Path
    size: int
    source: SnapshotFile | None = None


class SizeGroup(NamedTuple):
    """Items of similar size, and how many of them may be in memory at once."""

    at_once: int
    items: list[Item]

    def batches(self) -> Iterator[list[Item]]:
        """Yield batches of items to read in one thread call: several small ones or one large one.

        A thread call costs as much as reading a small file. All workers get as many batches of the
        same length, so that in the end none of them sends a batch, file by file, while others wait.
        """
        rounds = -(-len(self.items) // (_BATCH * self.at_once))
        most = -(-len(self.items) // (rounds * self.at_once))
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
    """Thread-safe counter of the files and bytes transferred.

    Args:
        path: the local file or folder.
        items: all items of the transfer.
        existing: the items that exist already.
        on_progress: called after each file, and after each block of a large one.
    """

    def __init__(
        self,
        path: Path,
        items: list[Item],
        existing: list[Item],
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self._path = path
        self._total = len(items), sum(item.size for item in items)
        self._skipped = len(existing), sum(item.size for item in existing)
        self._files, self._bytes = self._skipped
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self.add()

    def add(self, *, files: int = 0, size: int = 0) -> None:
        """Count files and bytes, and report the progress."""
        with self._lock:
            self._files += files
            self._bytes += size
            now = Progress(self._path, self._files, self._total[0], self._bytes, self._total[1])
            if self._on_progress:
                self._on_progress(now)

    def result(self) -> TransferResult:
        """Return the result of a completed transfer."""
        files, size = self._skipped
        return TransferResult(self._total[0] - files, files, self._total[1] - size, size)


def upload_items(snapshot: Snapshot, prefix: str) -> list[Item]:
    """Return an item for each file of a snapshot.

    Raises:
        ValidationError: a blob name would be too long, or the prefix is empty.
    """
    root = prefix.strip("/")
    if not root:
        raise ValidationError("files cannot be uploaded to the root of a datastore; name a folder")
    return [_item(root, file) for file in snapshot.files]


def _item(root: str, file: SnapshotFile) -> Item:
    name = f"{root}/{file.path}"
    if len(name) > MAX_BLOB_NAME:
        raise ValidationError(
            f"{file.source}: the blob name would have {len(name)} characters; "
            f"at most {MAX_BLOB_NAME} are allowed"
        )
    return Item(name, file.source, file.size, file)


def group_by_size(items: Iterable[Item]) -> list[SizeGroup]:
    """Return items in size groups, so that about 32 MiB are in memory at any time.

    The last group has the files that are sent as blocks.
    """
    sorted_in: list[list[Item]] = [[] for _ in (*SIZE_LIMITS, None)]
    for item in items:
        sorted_in[sum(item.size > limit for limit in SIZE_LIMITS)].append(item)
    at_once = [min(FILES_AT_ONCE, _MAX_IN_MEMORY // limit) for limit in SIZE_LIMITS]
    return [SizeGroup(n, held) for n, held in zip((*at_once, 1), sorted_in, strict=True) if held]


def is_whole(item: Item) -> bool:
    """Return whether a file is sent in a single request."""
    return item.size <= SIZE_LIMITS[-1]


def block_size(size: int) -> int:
    """Return the block size for a blob, within the maximum number of blocks."""
    return max(BLOCK, -(-size // _MAX_BLOCKS))


def check_content(item: Item, content: bytes) -> None:
    """Raise unless the content is that of the snapshot.

    Raises:
        UploadError: the file was changed since the scan.
    """
    if item.source and hashlib.sha256(content).digest() != item.source.sha256:
        raise _changed(item)


def check_unchanged(item: Item, now: os.stat_result, sent: int) -> None:
    """Raise unless a large file has the size and modification time of the snapshot.

    Raises:
        UploadError: the file was changed since the scan.
    """
    then = item.source
    if then and (then.size, then.size, then.mtime_ns) != (sent, now.st_size, now.st_mtime_ns):
        raise _changed(item)


def _changed(item: Item) -> UploadError:
    return UploadError(f"{item.file}: the file was changed during the upload; upload it again")


def download_items(found: Mapping[str, int], prefix: str, folder: Path) -> list[Item]:
    """Return an item for each blob below a prefix, without empty blobs that represent folders.

    Args:
        found: size in bytes by blob name.
        prefix: a folder in the container, or the name of one blob.
        folder: the local folder to download to.

    Raises:
        TransportError: a name points outside the folder, or is both a file and a folder.
    """
    root = prefix.strip("/")
    folders = {name[:at] for name in found for at in _slashes(name)}
    items = []
    for name, size in sorted(found.items()):
        if name in folders and size == 0:
            continue
        if name in folders:
            raise TransportError(
                f"{name} is both a file and a folder in the datastore; neither was downloaded"
            )
        below = name.rpartition("/")[2] if name == root else name[len(root) :].lstrip("/")
        items.append(Item(name, folder.joinpath(*_safe_parts(below, name)), size))
    return items


def _slashes(name: str) -> Iterable[int]:
    return (at for at, char in enumerate(name) if char == "/")


def _safe_parts(path: str, name: str) -> list[str]:
    parts = path.split("/")
    unsafe = ("\\", ":") if os.name == "nt" else ()
    if any(p in ("", ".", "..") or "\0" in p or any(s in p for s in unsafe) for p in parts):
        raise TransportError(f"the blob name {name!r} is not a valid path below a folder")
    return parts


def check_inside(item: Item, folder: Path) -> None:
    """Raise if a file would be written through a link to outside the folder.

    Raises:
        TransportError: the file would be outside the folder.
    """
    if not item.file.parent.resolve().is_relative_to(folder.resolve()) or item.file.is_symlink():
        raise TransportError(
            f"{item.file}: a link points outside the folder; {item.blob} was not downloaded"
        )
