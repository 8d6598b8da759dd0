"""Blob content: streamed from requests to files and back."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from amlrest_emulator.blob.errors import BlobError
from amlrest_emulator.blob.naming import check_blob
from amlrest_emulator.blob.records import BlobRecord, Segment
from amlrest_emulator.blob.request import BlobRequest
from amlrest_emulator.blob.store import BlobStore
from amlrest_emulator.disk import settle_file

_CHUNK = 256 * 1024


async def receive(request: BlobRequest, store: BlobStore, block_id: str) -> tuple[Segment, str]:
    """Write the body of a request to a new content file.

    Returns:
        The segment, and the Base64 MD5 of the body.

    Raises:
        BlobError: ``Md5Mismatch`` or ``InvalidInput`` if Content-MD5 or Content-Length does not
            match; the file is removed.
    """
    expected = request.content_length()
    file, stream = store.new_file(request.container)
    digest = hashlib.md5(usedforsecurity=False)
    size = 0
    try:
        with stream:
            async for part in request.body():
                size += len(part)
                digest.update(part)
                stream.write(part)
            await asyncio.to_thread(settle_file, stream)
        md5 = base64.b64encode(digest.digest()).decode()
        _check_body(request, size, expected, md5)
    except BaseException:
        store.discard(request.container, [file])
        raise
    return Segment(block_id, file, size), md5


def _check_body(request: BlobRequest, size: int, expected: int, md5: str) -> None:
    if size != expected:
        raise BlobError("InvalidInput", f"The body has {size} bytes, Content-Length is {expected}.")
    announced = request.headers.get("content-md5")
    if announced and announced != md5:
        raise BlobError("Md5Mismatch", f"Content-MD5 is {announced}, the body's MD5 is {md5}.")


def chunks(store: BlobStore, blob: BlobRecord, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes ``start`` to ``end`` (exclusive) of a blob that is being read."""
    if blob.live is not None:
        yield from _file_chunks(blob.live, start, end)
        return
    offset = 0
    for segment in blob.segments:
        first, last = max(start - offset, 0), min(end - offset, segment.size)
        if first < last:
            yield from _file_chunks(store.root / blob.container / segment.file, first, last)
        offset += segment.size


def _file_chunks(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(start)
        left = end - start
        while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk


def store_file(store: BlobStore, container: str, name: str, source: Path, kind: str) -> None:
    """Upload a local file as a blob; ``kind`` is its content type.

    Nobody waits until it is on the disk: a job with many files would last much longer.
    """
    check_blob(name)
    with source.open("rb") as original:
        segment = _write(store, container, iter(lambda: original.read(_CHUNK), b""), settled=False)
    store.put(container, name, [segment], headers={"content-type": kind})


def move_file(store: BlobStore, container: str, name: str, source: Path, kind: str) -> None:
    """Make a local file a blob, without a copy if it is on the same file system.

    Those who read it as a growing file go on reading the same content.
    """
    try:
        segments = [_linked(store, container, source)] if source.stat().st_size else []
    except OSError:
        store_file(store, container, name, source, kind)
    else:
        store.put(container, name, segments, headers={"content-type": kind})
    store.remove_local(source)


def _linked(store: BlobStore, container: str, source: Path) -> Segment:
    """Make a local file a content file as well."""
    file, stream = store.new_file(container)
    stream.close()
    content = store.root / container / file
    content.unlink()
    content.hardlink_to(source)
    return Segment("", file, content.stat().st_size)


def write_new(store: BlobStore, container: str, parts: Iterable[bytes]) -> Segment:
    """Write a new content file to the disk; it is removed if that fails."""
    return _write(store, container, parts, settled=True)


def _write(store: BlobStore, container: str, parts: Iterable[bytes], *, settled: bool) -> Segment:
    file, stream = store.new_file(container)
    try:
        with stream:
            size = sum(stream.write(part) for part in parts)
            if settled:
                settle_file(stream)
    except BaseException:
        store.discard(container, [file])
        raise
    return Segment("", file, size)


def store_bytes(store: BlobStore, container: str, name: str, content: bytes) -> None:
    """Upload bytes as a blob."""
    store.put(container, name, [write_new(store, container, [content])])


def load_file(store: BlobStore, blob: BlobRecord, target: Path) -> None:
    """Download a blob to a local file; create its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream, store.reading(blob.container, blob.name) as current:
        for chunk in chunks(store, current, 0, current.size):
            stream.write(chunk)
