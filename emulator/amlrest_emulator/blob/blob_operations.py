"""Operations on blobs."""

import asyncio
import dataclasses
import uuid
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from starlette.responses import Response, StreamingResponse

from amlrest_emulator.blob.call import Call, split_path
from amlrest_emulator.blob.conditions import check_read, check_write
from amlrest_emulator.blob.content import pieces, receive
from amlrest_emulator.blob.errors import BlobError, unsupported
from amlrest_emulator.blob.ranges import parse_range
from amlrest_emulator.blob.records import BlobRecord, Segment
from amlrest_emulator.blob.store import BlobStore
from amlrest_emulator.blob.xmlbody import http_date

_DEFAULT_TYPE = "application/octet-stream"
_SAS_OVERRIDES = {
    "rscc": "cache-control",
    "rscd": "content-disposition",
    "rsce": "content-encoding",
    "rscl": "content-language",
    "rsct": "content-type",
}


def version_headers(blob: BlobRecord) -> dict[str, str]:
    """Return entity tag and time of change of a blob."""
    return {"etag": blob.etag, "last-modified": http_date(blob.modified)}


def _all_headers(blob: BlobRecord, call: Call) -> dict[str, str]:
    overrides = {
        header: call.parameters[name]
        for name, header in _SAS_OVERRIDES.items()
        if call.delegated and name in call.parameters
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


async def get_blob(call: Call, store: BlobStore) -> Response:
    """Get Blob, whole or a range."""
    blob = store.blob(call.container, call.blob)
    check_read(call.headers, blob.version)
    headers = _all_headers(blob, call)
    asked = parse_range(call.headers.get("x-ms-range", call.headers.get("range")), blob.size)
    start, end = asked or (0, blob.size)
    if asked:
        headers |= {
            "content-range": f"bytes {start}-{end - 1}/{blob.size}",
            "content-length": str(end - start),
        }
        if md5 := headers.pop("content-md5", ""):
            headers["x-ms-blob-content-md5"] = md5
    body = _stream(store, blob, start, end)
    return StreamingResponse(body, status_code=206 if asked else 200, headers=headers)


async def _stream(store: BlobStore, blob: BlobRecord, start: int, end: int) -> AsyncIterator[bytes]:
    for piece in pieces(store, blob, start, end):
        yield piece


async def head_blob(call: Call, store: BlobStore) -> Response:
    """Get Blob Properties."""
    blob = store.blob(call.container, call.blob)
    check_read(call.headers, blob.version)
    return Response(headers=_all_headers(blob, call))


async def get_metadata(call: Call, store: BlobStore) -> Response:
    """Get Blob Metadata."""
    blob = store.blob(call.container, call.blob)
    check_read(call.headers, blob.version)
    metadata = {f"x-ms-meta-{name}": value for name, value in blob.metadata.items()}
    return Response(headers=version_headers(blob) | metadata)


async def put_blob(call: Call, store: BlobStore) -> Response:
    """Put Blob (block blobs) and Copy Blob."""
    if "x-ms-copy-source" in call.headers:
        return await _copy_blob(call, store)
    kind = call.headers.get("x-ms-blob-type", "")
    if not kind:
        raise BlobError("MissingRequiredHeader", "x-ms-blob-type is missing.")
    if kind != "BlockBlob":
        raise unsupported(f"Put Blob with x-ms-blob-type: {kind}")
    old = store.find(call.container, call.blob)
    # Refused before the body is read, so that a large upload does not run in vain.
    check_write(call.headers, old.version if old else None)
    segment, md5 = await receive(call, store, "")
    headers = {"content-type": _DEFAULT_TYPE, "content-md5": md5} | call.content_headers()
    blob = _put(call, store, [segment], headers)
    return Response(status_code=201, headers=version_headers(blob) | {"content-md5": md5})


def _put(
    call: Call, store: BlobStore, segments: list[Segment], headers: dict[str, str]
) -> BlobRecord:
    try:
        return store.put(
            call.container,
            call.blob,
            segments,
            headers=headers,
            metadata=call.metadata,
            conditions=call.headers,
        )
    except BlobError:
        store.discard(call.container, [segment.file for segment in segments])
        raise


async def _copy_blob(call: Call, store: BlobStore) -> Response:
    if "x-ms-blob-type" in call.headers:
        raise unsupported("Put Blob From URL")
    source = _copy_source(call, store)
    old = store.find(call.container, call.blob)
    check_write(call.headers, old.version if old else None)
    segments = await asyncio.to_thread(_copy_segments, store, source, call.container)
    copied = dataclasses.replace(
        call, header_list=[*call.header_list, *_kept_metadata(call, source)]
    )
    blob = _put(copied, store, segments, dict(source.headers))
    copy = {"x-ms-copy-id": str(uuid.uuid4()), "x-ms-copy-status": "success"}
    return Response(status_code=202, headers=version_headers(blob) | copy)


def _kept_metadata(call: Call, source: BlobRecord) -> list[tuple[str, str]]:
    if call.metadata:
        return []
    return [(f"x-ms-meta-{name}", value) for name, value in source.metadata.items()]


def _copy_source(call: Call, store: BlobStore) -> BlobRecord:
    if call.delegated:
        raise unsupported("Copy Blob by a caller with a SAS")
    url = urlsplit(call.headers["x-ms-copy-source"])
    account = call.path.split("/")[1]
    if url.netloc.rpartition(":")[0] != call.headers.get("host", "").rpartition(":")[0]:
        raise unsupported("Copy Blob from another host")
    container, name = split_path(url.path, account)
    return store.blob(container, name)


def _copy_segments(store: BlobStore, source: BlobRecord, container: str) -> list[Segment]:
    file, stream = store.new_file(container)
    with stream:
        size = sum(stream.write(piece) for piece in pieces(store, source, 0, source.size))
    return [Segment("", file, size)]


async def set_metadata(call: Call, store: BlobStore) -> Response:
    """Set Blob Metadata."""
    blob = store.blob(call.container, call.blob)
    check_write(call.headers, blob.version)
    changed = store.update(dataclasses.replace(blob, metadata=call.metadata))
    return Response(headers=version_headers(changed))


async def set_properties(call: Call, store: BlobStore) -> Response:
    """Set Blob Properties: the content headers not given are cleared, as documented."""
    blob = store.blob(call.container, call.blob)
    check_write(call.headers, blob.version)
    changed = store.update(dataclasses.replace(blob, headers=call.explicit_content_headers()))
    return Response(headers=version_headers(changed))


async def delete_blob(call: Call, store: BlobStore) -> Response:
    """Delete Blob."""
    if call.headers.get("x-ms-delete-snapshots") == "only":
        raise unsupported("x-ms-delete-snapshots: only")
    store.delete(call.container, call.blob, call.headers)
    return Response(status_code=202, headers={"x-ms-delete-type-permanent": "true"})
