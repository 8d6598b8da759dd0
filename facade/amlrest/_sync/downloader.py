# Generated from facade/amlrest/_async/downloader.py by `python codegen.py generate`; edit the async source.
"""Downloads from a datastore: concurrent, with bounded memory."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amlrest import _part_files
from amlrest._files import transfer
from amlrest._http.retry import RetryPolicy
from amlrest._runtime import sync as rt
from amlrest._sync.blobs import Blobs
from amlrest.errors import TransportError, ValidationError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from amlrest._files.blob_target import BlobTarget
    from amlrest._files.transfer import Item, Progress, ProgressTracker, TransferResult

_AT_ONCE = 16
_CHUNK = 4 << 20


def download(
    target: BlobTarget,
    prefix: str,
    folder: str | os.PathLike[str],
    on_progress: Callable[[Progress], None] | None = None,
    policy: RetryPolicy = RetryPolicy(),  # noqa: B008 - it cannot change
) -> TransferResult:
    """Download all blobs below a prefix into a folder; files of the same size are skipped.

    A file appears complete or not at all, so an interrupted download is completed by running it
    again.

    Args:
        target: the container and its credential.
        prefix: a folder in the container, or one blob.
        folder: where to write the files; created if it does not exist.
        on_progress: called after each file, and after each piece of a large one.
        policy: retry policy.

    Returns:
        What was fetched and what was there; nothing when there is no blob.

    Raises:
        ValidationError: the folder is a file or cannot be written to.
        TransportError: storage did not respond, or a blob's name is outside the folder.
    """
    blobs = Blobs(target, TransportError, policy)
    root = prefix.strip("/")
    sizes = blobs.sizes(root) or blobs.size(root)
    items = transfer.download_items(sizes, root, Path(folder))
    there, missing = rt.in_thread(_compare, items, Path(folder))
    tracker = transfer.ProgressTracker(Path(folder), items, there, on_progress)
    fetches = (partial(_fetch, blobs, item, tracker) for item in missing)
    rt.gather(*fetches, limit=_AT_ONCE)
    return tracker.result()


def read_text(target: BlobTarget, name: str) -> str:
    """Read one blob, such as a log; bytes that are not UTF-8 are replaced.

    Raises:
        TransportError: it does not exist, or storage did not respond.
    """

    def collect(response: Any) -> bytes:
        pieces = [bytes(piece) for piece in response.stream(min_chunk_size=_CHUNK)]
        return b"".join(pieces)

    content = Blobs(target, TransportError, RetryPolicy()).get(name, collect)
    return content.decode(errors="replace")


def _fetch(blobs: Blobs, item: Item, tracker: ProgressTracker) -> None:
    """Write a part file in the same folder, then rename it."""
    fetched = 0

    def save(response: Any) -> None:
        nonlocal fetched
        tracker.add(size=-fetched)  # a failed attempt
        fetched = 0
        with _part_files.replacing(item.file) as stream:
            for piece in response.stream(min_chunk_size=_CHUNK):
                rt.in_thread(stream.write, piece)
                fetched += len(piece)
                tracker.add(size=len(piece))

    try:
        if item.size == 0 and not blobs.size(item.blob):
            # obstore lists it without the trailing slash that marks an empty folder.
            item.file.mkdir(exist_ok=True)
        else:
            blobs.get(item.blob, save)
    except OSError as error:
        raise ValidationError(f"{item.file}: cannot be written: {error.strerror}") from error
    tracker.add(files=1)


def _compare(items: list[Item], folder: Path) -> tuple[list[Item], list[Item]]:
    """Split into existing files of the same size and missing ones, whose folders are created.

    What a download that was killed has left in these folders is removed.
    """
    there: list[Item] = []
    missing: list[Item] = []
    for item in items:
        try:
            transfer.check_inside(item, folder)
            item.file.parent.mkdir(parents=True, exist_ok=True)
            same = item.file.is_file() and item.file.stat().st_size == item.size
        except OSError as error:
            raise ValidationError(f"{item.file}: cannot be created: {error.strerror}") from error
        (there if same else missing).append(item)
    for parent in {item.file.parent for item in items}:
        _part_files.remove_abandoned(parent)
    return there, missing
