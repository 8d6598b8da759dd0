# Generated from facade/amlrest/_async/uploader.py by `python codegen.py generate`; edit the async source.
"""Uploads to a datastore: concurrent, with bounded memory.

What is committed is what was hashed: a small blob is written in one request after its digest was
compared with the snapshot's, and the blocks of a large one are committed only if size and
modification time are still the snapshot's. A blob appears complete or not at all, so an existing
one of the right size is complete, and an interrupted upload is completed by running it again. This
requires a prefix that depends on the snapshot's digest.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from amlrest._files import transfer
from amlrest._http.retry import RetryPolicy
from amlrest._runtime import sync as rt
from amlrest._sync.blobs import Blobs
from amlrest.errors import UploadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from amlrest._files.blob_target import BlobTarget
    from amlrest._files.snapshot import Snapshot
    from amlrest._files.transfer import Item, Progress, ProgressTracker, TransferResult


def upload(
    target: BlobTarget,
    snapshot: Snapshot,
    prefix: str,
    on_progress: Callable[[Progress], None] | None = None,
    policy: RetryPolicy = RetryPolicy(),  # noqa: B008 - it cannot change
) -> TransferResult:
    """Upload all files of a snapshot below a prefix; existing files are not sent again.

    Args:
        target: the container and its credential.
        snapshot: what to send.
        prefix: the folder in the container; contains the digest.
        on_progress: called after each file, and after each block of a large one.
        policy: retry policy.

    Returns:
        The files that were sent and that existed; together all files of the snapshot.

    Raises:
        ValidationError: a name would be too long.
        UploadError: storage rejected a file or was unreachable, or a file was changed meanwhile.
    """
    items = transfer.upload_items(snapshot, prefix)
    blobs = Blobs(target, UploadError, policy)
    sizes = blobs.sizes(prefix.strip("/"))
    there = [item for item in items if sizes.get(item.blob) == item.size]
    tracker = transfer.ProgressTracker(snapshot.root, items, there, on_progress)
    missing = [item for item in items if sizes.get(item.blob) != item.size]
    for group in transfer.group_by_size(missing):
        sends = (partial(_send, blobs, batch, tracker) for batch in group.batches())
        rt.gather(*sends, limit=group.at_once)
    return tracker.result()


def _send(blobs: Blobs, batch: Sequence[Item], tracker: ProgressTracker) -> None:
    if transfer.is_whole(batch[0]):
        contents = rt.in_thread(_read, batch)
        for item in batch:
            blobs.put(item.blob, contents.pop(item), str(item.file))
            tracker.add(files=1, size=item.size)
    else:
        _send_stream(blobs, batch[0], tracker)
        tracker.add(files=1)


def _send_stream(blobs: Blobs, item: Item, tracker: ProgressTracker) -> None:
    """Send a file block by block; a failed attempt is subtracted from the progress."""
    sent = 0

    def blocks() -> Iterator[bytes]:
        nonlocal sent
        tracker.add(size=-sent)
        sent = 0
        with _open(item.file) as stream:
            while block := rt.in_thread(stream.read, transfer.block_size(item.size)):
                yield block
                sent += len(block)
                tracker.add(size=len(block))
            transfer.check_unchanged(item, os.fstat(stream.fileno()), sent)

    blobs.put_stream(
        item.blob,
        blocks,
        str(item.file),
        chunk_size=transfer.block_size(item.size),
        max_concurrency=transfer.BLOCKS_AT_ONCE,
    )


def _read(batch: Sequence[Item]) -> dict[Item, bytes]:
    contents = {}
    for item in batch:
        with _open(item.file) as stream:
            contents[item] = stream.read()
        transfer.check_content(item, contents[item])
    return contents


def _open(file: Path) -> BinaryIO:
    if file.is_fifo():
        raise UploadError(f"{file}: the file has become a pipe")
    try:
        return file.open("rb")
    except OSError as error:
        raise UploadError(f"{file}: no longer readable: {error.strerror}") from error
