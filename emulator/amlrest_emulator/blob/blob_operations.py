"""Operations on blobs.

https://learn.microsoft.com/rest/api/storageservices/operations-on-blobs
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import uuid
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from amlrest_emulator.blob.conditions import check_read, check_write
from amlrest_emulator.blob.content import chunks, receive, write_new
from amlrest_emulator.blob.errors import BlobError, unsupported
from amlrest_emulator.blob.ranges import parse_range
from amlrest_emulator.blob.records import BlobRecord, Segment
from amlrest_emulator.blob.request import BlobRequest, split_path
from amlrest_emulator.blob.store import BlobStore
from amlrest_emulator.blob.xml_body import http_date
from amlrest_emulator.urls import split_url

_DEFAULT_TYPE = "application/octet-stream"
_SAS_OVERRIDES = {
    "rscc": "cache-control",
    "rscd": "content-disposition",
    "rsce": "content-encoding",
    "rscl": "content-language",
    "rsct": "content-type",
}


def version_headers(blob: BlobRecord) -> dict[str, str]:
    """Return the headers ETag and Last-Modified of a blob."""
    return {"etag": blob.etag, "last-modified": http_date(blob.modified)}


def _all_headers(blob: BlobRecord, request: BlobRequest) -> dict[str, str]:
    overrides = {
        header: request.parameters[name]
        for name, header in _SAS_OVERRIDES.items()
        if request.delegated and name in request.parameters
    }
    return {
        "content-type": _DEFAULT_TYPE,
        **blob.headers,
        **overrides,
        **version_headers(blob),
        **{f"x-ms-meta-{name}": value for name, value in blob.metadata.items()},
        "x-ms-blob-type": "BlockBlob",
        "x-ms-creation-time": http_date(blob.created),
        "x-ms-server-encrypted": "false",
        "accept-ranges": "bytes",
        "content-length": str(blob.size),
    }


async def get_blob(request: BlobRequest, store: BlobStore) -> Response:
    """Get Blob, whole or a range."""
    with contextlib.ExitStack() as stack:
        blob = stack.enter_context(store.reading(request.container, request.blob))
        response = _content(request, store, blob)
        response.reading = stack.pop_all()
        return response


class _ContentResponse(StreamingResponse):
    """The content of a blob, which is kept until the response has been sent or given up."""

    reading: contextlib.ExitStack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self.reading:
            await super().__call__(scope, receive, send)


def _content(request: BlobRequest, store: BlobStore, blob: BlobRecord) -> _ContentResponse:
    check_read(request.headers, blob.version)
    headers = _all_headers(blob, request)
    byte_range = parse_range(
        request.headers.get("x-ms-range", request.headers.get("range")), blob.size
    )
    start, end = byte_range or (0, blob.size)
    if byte_range:
        headers |= {
            "content-range": f"bytes {start}-{end - 1}/{blob.size}",
            "content-length": str(end - start),
        }
        if md5 := headers.pop("content-md5", ""):
            headers["x-ms-blob-content-md5"] = md5
    body = _stream(store, blob, start, end)
    return _ContentResponse(body, status_code=206 if byte_range else 200, headers=headers)


async def _stream(store: BlobStore, blob: BlobRecord, start: int, end: int) -> AsyncIterator[bytes]:
    for chunk in chunks(store, blob, start, end):
        yield chunk


async def head_blob(request: BlobRequest, store: BlobStore) -> Response:
    """Get Blob Properties."""
    blob = store.blob(request.container, request.blob)
    check_read(request.headers, blob.version)
    return Response(headers=_all_headers(blob, request))


async def get_metadata(request: BlobRequest, store: BlobStore) -> Response:
    """Get Blob Metadata."""
    blob = store.blob(request.container, request.blob)
    check_read(request.headers, blob.version)
    metadata = {f"x-ms-meta-{name}": value for name, value in blob.metadata.items()}
    return Response(headers=version_headers(blob) | metadata)


async def put_blob(request: BlobRequest, store: BlobStore) -> Response:
    """Put Blob (block blobs) and Copy Blob."""
    if "x-ms-copy-source" in request.headers:
        return await _copy_blob(request, store)
    kind = request.headers.get("x-ms-blob-type", "")
    if not kind:
        raise BlobError("MissingRequiredHeader", "x-ms-blob-type is missing.")
    if kind != "BlockBlob":
        raise unsupported(f"Put Blob with x-ms-blob-type: {kind}")
    old = store.find(request.container, request.blob)
    # Checked before the body is read, to reject a large upload early.
    if old is None or request.may_replace:
        check_write(request.headers, old.version if old else None)
    segment, md5 = await receive(request, store, "")
    headers = {"content-type": _DEFAULT_TYPE, "content-md5": md5} | request.content_headers()
    blob = _put(request, store, [segment], headers)
    return Response(status_code=201, headers=version_headers(blob) | {"content-md5": md5})


def _put(
    request: BlobRequest, store: BlobStore, segments: list[Segment], headers: dict[str, str]
) -> BlobRecord:
    try:
        return store.put(
            request.container,
            request.blob,
            segments,
            headers=headers,
            metadata=request.metadata,
            conditions=request.headers,
            may_replace=request.may_replace,
        )
    except BlobError:
        store.discard(request.container, [segment.file for segment in segments])
        raise


async def _copy_blob(request: BlobRequest, store: BlobStore) -> Response:
    if "x-ms-blob-type" in request.headers:
        raise unsupported("Put Blob From URL")
    source = _copy_source(request, store)
    old = store.find(request.container, request.blob)
    check_write(request.headers, old.version if old else None)
    segments = await asyncio.to_thread(_copy_segments, store, source, request.container)
    copied = dataclasses.replace(
        request, header_list=[*request.header_list, *_kept_metadata(request, source)]
    )
    blob = _put(copied, store, segments, dict(source.headers))
    copy = {"x-ms-copy-id": str(uuid.uuid4()), "x-ms-copy-status": "success"}
    return Response(status_code=202, headers=version_headers(blob) | copy)


def _kept_metadata(request: BlobRequest, source: BlobRecord) -> list[tuple[str, str]]:
    if request.metadata:
        return []
    return [(f"x-ms-meta-{name}", value) for name, value in source.metadata.items()]


def _copy_source(request: BlobRequest, store: BlobStore) -> BlobRecord:
    if request.delegated:
        raise unsupported("Copy Blob by a caller with a SAS")
    url = split_url(request.headers["x-ms-copy-source"])
    account = request.path.split("/")[1]
    if url is None:
        raise BlobError("InvalidHeaderValue", "x-ms-copy-source is not a URL.")
    if url.netloc.rpartition(":")[0] != request.headers.get("host", "").rpartition(":")[0]:
        raise unsupported("Copy Blob from another host")
    container, name = split_path(url.path, account)
    return store.blob(container, name)


def _copy_segments(store: BlobStore, source: BlobRecord, container: str) -> list[Segment]:
    with store.reading(source.container, source.name) as current:
        segment = write_new(store, container, chunks(store, current, 0, current.size))
    return [segment]


async def set_metadata(request: BlobRequest, store: BlobStore) -> Response:
    """Set Blob Metadata."""
    blob = store.blob(request.container, request.blob)
    check_write(request.headers, blob.version)
    changed = store.update(dataclasses.replace(blob, metadata=request.metadata))
    return Response(headers=version_headers(changed))


async def set_properties(request: BlobRequest, store: BlobStore) -> Response:
    """Set Blob Properties; content headers that are not given are cleared, as documented."""
    blob = store.blob(request.container, request.blob)
    check_write(request.headers, blob.version)
    changed = store.update(dataclasses.replace(blob, headers=request.explicit_content_headers()))
    return Response(headers=version_headers(changed))


async def delete_blob(request: BlobRequest, store: BlobStore) -> Response:
    """Delete Blob."""
    if request.headers.get("x-ms-delete-snapshots") == "only":
        raise unsupported("x-ms-delete-snapshots: only")
    store.delete(request.container, request.blob, request.headers)
    return Response(status_code=202, headers={"x-ms-delete-type-permanent": "true"})
