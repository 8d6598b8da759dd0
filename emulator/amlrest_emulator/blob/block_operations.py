"""Operations on block blobs.

https://learn.microsoft.com/rest/api/storageservices/operations-on-block-blobs
"""

from __future__ import annotations

from starlette.responses import Response

from amlrest_emulator.blob.blob_operations import version_headers
from amlrest_emulator.blob.content import receive
from amlrest_emulator.blob.errors import BlobError
from amlrest_emulator.blob.naming import check_block_id
from amlrest_emulator.blob.records import BlobRecord, Segment
from amlrest_emulator.blob.request import BlobRequest
from amlrest_emulator.blob.store import BlobStore
from amlrest_emulator.blob.xml_body import block_list, read_block_list

_DEFAULT_TYPE = "application/octet-stream"
_MAX_BLOCKS = 50_000


async def put_block(request: BlobRequest, store: BlobStore) -> Response:
    """Put Block."""
    if "blockid" not in request.parameters:
        raise BlobError("MissingRequiredQueryParameter", "blockid is missing.")
    segment, md5 = await receive(request, store, check_block_id(request.parameters["blockid"]))
    store.stage(request.container, request.blob, segment)
    return Response(status_code=201, headers={"content-md5": md5})


async def put_block_list(request: BlobRequest, store: BlobStore) -> Response:
    """Put Block List."""
    wanted = read_block_list(await request.small_body())
    if len(wanted) > _MAX_BLOCKS:
        raise BlobError("InvalidBlockList", f"{len(wanted)} blocks exceed the limit of 50,000.")
    old = store.find(request.container, request.blob)
    segments = _choose(wanted, old, store.staged(request.container, request.blob))
    blob = store.put(
        request.container,
        request.blob,
        segments,
        # Content-Type is that of the XML body here, not of the blob.
        headers={"content-type": _DEFAULT_TYPE} | request.explicit_content_headers(),
        metadata=request.metadata,
        conditions=request.headers,
    )
    return Response(status_code=201, headers=version_headers(blob))


def _choose(
    wanted: list[tuple[str, str]], old: BlobRecord | None, staged: list[Segment]
) -> list[Segment]:
    uncommitted = {item.block_id: item for item in staged}
    committed = {item.block_id: item for item in (old.segments if old else ()) if item.block_id}
    sources = {
        "Committed": committed,
        "Uncommitted": uncommitted,
        "Latest": committed | uncommitted,
    }
    missing = [block_id for kind, block_id in wanted if block_id not in sources[kind]]
    if missing:
        raise BlobError("InvalidBlockList", f"There is no block {missing[0]!r} to commit.")
    return [sources[kind][block_id] for kind, block_id in wanted]


async def get_block_list(request: BlobRequest, store: BlobStore) -> Response:
    """Get Block List."""
    kind = request.parameters.get("blocklisttype", "committed").lower()
    if kind not in {"committed", "uncommitted", "all"}:
        raise BlobError("InvalidQueryParameterValue", f"blocklisttype={kind!r} is not a list type.")
    blob = store.find(request.container, request.blob)
    staged = store.staged(request.container, request.blob)
    if blob is None and not staged:
        store.blob(request.container, request.blob)
    committed = [item for item in (blob.segments if blob else ()) if item.block_id]
    body = block_list(
        committed if kind != "uncommitted" else None, staged if kind != "committed" else None
    )
    headers = {"x-ms-blob-content-length": str(blob.size if blob else 0)}
    headers |= version_headers(blob) if blob else {}
    return Response(body, media_type="application/xml", headers=headers)
