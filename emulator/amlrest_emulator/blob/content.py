"""Bodies: from a request to the disk and back, in pieces."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

from amlrest_emulator.blob.call import Call
from amlrest_emulator.blob.errors import BlobError
from amlrest_emulator.blob.records import BlobRecord, Segment
from amlrest_emulator.blob.store import BlobStore

_PIECE = 256 * 1024


async def receive(call: Call, store: BlobStore, block_id: str) -> tuple[Segment, str]:
    """Write the body of a request to a new content file.

    Returns:
        The segment, and the Base64 MD5 of the body.

    Raises:
        BlobError: ``Md5Mismatch`` when Content-MD5 says otherwise; ``InvalidInput`` when the body
            is not as long as announced. The file is gone then.
    """
    expected = call.content_length()
    file, stream = store.new_file(call.container)
    digest = hashlib.md5(usedforsecurity=False)
    size = 0
    try:
        with stream:
            async for part in call.body():
                size += len(part)
                digest.update(part)
                stream.write(part)
        md5 = base64.b64encode(digest.digest()).decode()
        _check_body(call, size, expected, md5)
    except BaseException:
        store.discard(call.container, [file])
        raise
    return Segment(block_id, file, size), md5


def _check_body(call: Call, size: int, expected: int, md5: str) -> None:
    if size != expected:
        raise BlobError("InvalidInput", f"The body has {size} bytes, {expected} were announced.")
    announced = call.headers.get("content-md5")
    if announced and announced != md5:
        raise BlobError("Md5Mismatch", f"Content-MD5 is {announced}, the body's MD5 is {md5}.")


def pieces(store: BlobStore, blob: BlobRecord, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes ``start`` to ``end`` (exclusive) of a blob."""
    if blob.live is not None:
        yield from _file_pieces(blob.live, start, end)
        return
    offset = 0
    for segment in blob.segments:
        first, last = max(start - offset, 0), min(end - offset, segment.size)
        if first < last:
            yield from _file_pieces(store.root / blob.container / segment.file, first, last)
        offset += segment.size


def _file_pieces(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(start)
        left = end - start
        while left > 0 and (piece := stream.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece


def store_file(store: BlobStore, container: str, name: str, source: Path, kind: str) -> None:
    """Copy a file of this machine into a blob; ``kind`` is its content type."""
    file, stream = store.new_file(container)
    size = 0
    with stream, source.open("rb") as original:
        while piece := original.read(_PIECE):
            size += stream.write(piece)
    store.put(container, name, [Segment("", file, size)], headers={"content-type": kind})


def load_file(store: BlobStore, blob: BlobRecord, target: Path) -> None:
    """Copy a blob into a file of this machine, making its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        for piece in pieces(store, blob, 0, blob.size):
            stream.write(piece)
