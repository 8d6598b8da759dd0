"""Operations on the account and on containers.

https://learn.microsoft.com/rest/api/storageservices/operations-on-containers
"""

from __future__ import annotations

import base64
import binascii
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from amlrest_emulator.blob.conditions import check_read, check_write
from amlrest_emulator.blob.errors import BlobError, unsupported
from amlrest_emulator.blob.records import BlobRecord, ContainerRecord
from amlrest_emulator.blob.request import BlobRequest
from amlrest_emulator.blob.store import BlobStore
from amlrest_emulator.blob.xml_body import (
    blob_item,
    container_item,
    http_date,
    listing,
    prefix_item,
)

_PAGE = 5000
_NUMBER = re.compile("[0-9]{1,18}")
_KNOWN_INCLUDES = {"", "copy", "metadata"}


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Parsed parameters of a listing."""

    prefix: str
    delimiter: str
    start: str
    limit: int
    metadata: bool
    echo: dict[str, str]


def read_list_query(request: BlobRequest) -> ListQuery:
    """Return the parameters of a listing; raise ``NotImplemented`` for unsupported ones."""
    given = request.parameters
    include = set(given.get("include", "").split(","))
    for value in sorted(include - _KNOWN_INCLUDES):
        raise unsupported(f"include={value} of a listing")
    if "startfrom" in given:
        raise unsupported("startFrom of a listing")
    return ListQuery(
        prefix=given.get("prefix", ""),
        delimiter=given.get("delimiter", ""),
        start=_read_marker(given.get("marker", "")),
        limit=_read_limit(given.get("maxresults", "")),
        metadata="metadata" in include,
        echo={
            "Prefix": given.get("prefix", ""),
            "Marker": given.get("marker", ""),
            "MaxResults": given.get("maxresults", ""),
            "Delimiter": given.get("delimiter", ""),
        },
    )


def _read_limit(text: str) -> int:
    if not text:
        return _PAGE
    if not _NUMBER.fullmatch(text) or int(text) < 1:
        message = f"maxresults={text[:40]!r} is not a number of at least 1."
        raise BlobError("OutOfRangeInput", message)
    return min(int(text), _PAGE)


def _read_marker(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text).decode()
    except (binascii.Error, ValueError):
        raise BlobError("OutOfRangeInput", f"marker={text!r} is not from a listing.") from None


def _marker(name: str) -> str:
    return base64.urlsafe_b64encode(name.encode()).decode()


async def list_containers(request: BlobRequest, store: BlobStore) -> Response:
    """List Containers."""
    query = read_list_query(request)
    found = store.containers(query.prefix, query.start, query.limit + 1)
    page, rest = found[: query.limit], found[query.limit :]
    items = (container_item(record, metadata=query.metadata) for record in page)
    marker = _marker(rest[0].name) if rest else ""
    body = listing(
        endpoint=request.path,
        container=None,
        echo=query.echo,
        kind="Containers",
        items=items,
        marker=marker,
    )
    return Response(body, media_type="application/xml")


async def create_container(request: BlobRequest, store: BlobStore) -> Response:
    """Create Container."""
    record = store.create_container(request.container, request.metadata)
    return Response(status_code=201, headers=_headers(record))


async def get_container(request: BlobRequest, store: BlobStore) -> Response:
    """Get Container Properties, Get Container Metadata."""
    record = store.container(request.container)
    check_read(request.headers, record.version)
    metadata = {f"x-ms-meta-{name}": value for name, value in record.metadata.items()}
    return Response(headers=_headers(record) | metadata)


async def set_metadata(request: BlobRequest, store: BlobStore) -> Response:
    """Set Container Metadata."""
    check_write(request.headers, store.container(request.container).version)
    return Response(
        headers=_headers(store.set_container_metadata(request.container, request.metadata))
    )


async def delete_container(request: BlobRequest, store: BlobStore) -> Response:
    """Delete Container."""
    check_write(request.headers, store.container(request.container).version)
    store.delete_container(request.container)
    return Response(status_code=202)


async def list_blobs(request: BlobRequest, store: BlobStore) -> Response:
    """List Blobs, flat or with a delimiter."""
    store.container(request.container)
    query = read_list_query(request)
    entries = list(itertools.islice(_entries(request.container, store, query), query.limit + 1))
    page, rest = entries[: query.limit], entries[query.limit :]
    items = (
        prefix_item(entry) if isinstance(entry, str) else blob_item(entry, metadata=query.metadata)
        for entry in page
    )
    marker = _marker(rest[0] if isinstance(rest[0], str) else rest[0].name) if rest else ""
    endpoint = request.path.rpartition("/")[0]
    body = listing(
        endpoint=endpoint,
        container=request.container,
        echo=query.echo,
        kind="Blobs",
        items=items,
        marker=marker,
    )
    return Response(body, media_type="application/xml")


def _entries(container: str, store: BlobStore, query: ListQuery) -> Iterator[BlobRecord | str]:
    """Yield blobs and, with a delimiter, common prefixes; each prefix takes one query."""
    start, limit = max(query.prefix, query.start), query.limit + 1
    while found := store.scan(container, query.prefix, start, limit):
        for blob in found:
            if blob.name < start:
                continue
            common = _common_prefix(blob.name, query)
            yield common or blob
            # Continues after all names with this prefix.
            start = common + "\U0010ffff" if common else blob.name + "\0"
            if common:
                break


def _common_prefix(name: str, query: ListQuery) -> str:
    if not query.delimiter:
        return ""
    end = name.find(query.delimiter, len(query.prefix))
    return name[: end + len(query.delimiter)] if end >= 0 else ""


def _headers(record: ContainerRecord) -> dict[str, str]:
    return {"etag": record.etag, "last-modified": http_date(record.modified)}
