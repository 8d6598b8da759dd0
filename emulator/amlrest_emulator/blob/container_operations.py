"""Operations on the account and on containers."""

import base64
import binascii
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from amlrest_emulator.blob.call import Call
from amlrest_emulator.blob.conditions import check_read, check_write
from amlrest_emulator.blob.errors import BlobError, unsupported
from amlrest_emulator.blob.records import BlobRecord, ContainerRecord
from amlrest_emulator.blob.store import BlobStore
from amlrest_emulator.blob.xmlbody import blob_item, container_item, http_date, listing, prefix_item

_PAGE = 5000
_KNOWN_INCLUDES = {"", "copy", "metadata"}


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Parameters of a listing, read and checked."""

    prefix: str
    delimiter: str
    start: str
    limit: int
    metadata: bool
    echo: dict[str, str]


def read_list_request(call: Call) -> ListRequest:
    """Read the parameters of a listing; what is not behaved is refused."""
    given = call.parameters
    include = set(given.get("include", "").split(","))
    for what in sorted(include - _KNOWN_INCLUDES):
        raise unsupported(f"include={what} of a listing")
    if "startfrom" in given:
        raise unsupported("startFrom of a listing")
    return ListRequest(
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
    if not text.isdigit() or int(text) < 1:
        raise BlobError("OutOfRangeInput", f"maxresults={text!r} is not a number from 1 on.")
    return min(int(text), _PAGE)


def _read_marker(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text).decode()
    except (binascii.Error, ValueError):
        raise BlobError("OutOfRangeInput", f"marker={text!r} is not from a listing.") from None


def _marker(name: str) -> str:
    return base64.urlsafe_b64encode(name.encode()).decode()


async def list_containers(call: Call, store: BlobStore) -> Response:
    """List Containers."""
    request = read_list_request(call)
    found = store.containers(request.prefix, request.start, request.limit + 1)
    page, rest = found[: request.limit], found[request.limit :]
    items = (container_item(record, metadata=request.metadata) for record in page)
    marker = _marker(rest[0].name) if rest else ""
    body = listing(
        endpoint=call.path,
        container=None,
        echo=request.echo,
        kind="Containers",
        items=items,
        marker=marker,
    )
    return Response(body, media_type="application/xml")


async def create_container(call: Call, store: BlobStore) -> Response:
    """Create Container."""
    record = store.create_container(call.container, call.metadata)
    return Response(status_code=201, headers=_headers(record))


async def get_container(call: Call, store: BlobStore) -> Response:
    """Get Container Properties, Get Container Metadata."""
    record = store.container(call.container)
    check_read(call.headers, record.version)
    metadata = {f"x-ms-meta-{name}": value for name, value in record.metadata.items()}
    return Response(headers=_headers(record) | metadata)


async def set_container_metadata(call: Call, store: BlobStore) -> Response:
    """Set Container Metadata."""
    check_write(call.headers, store.container(call.container).version)
    return Response(headers=_headers(store.set_container_metadata(call.container, call.metadata)))


async def delete_container(call: Call, store: BlobStore) -> Response:
    """Delete Container."""
    check_write(call.headers, store.container(call.container).version)
    store.delete_container(call.container)
    return Response(status_code=202)


async def list_blobs(call: Call, store: BlobStore) -> Response:
    """List Blobs, flat or by a delimiter."""
    store.container(call.container)
    request = read_list_request(call)
    entries = list(itertools.islice(_entries(call.container, store, request), request.limit + 1))
    page, rest = entries[: request.limit], entries[request.limit :]
    items = (
        prefix_item(entry)
        if isinstance(entry, str)
        else blob_item(entry, metadata=request.metadata)
        for entry in page
    )
    marker = _marker(rest[0] if isinstance(rest[0], str) else rest[0].name) if rest else ""
    endpoint = call.path.rpartition("/")[0]
    body = listing(
        endpoint=endpoint,
        container=call.container,
        echo=request.echo,
        kind="Blobs",
        items=items,
        marker=marker,
    )
    return Response(body, media_type="application/xml")


def _entries(container: str, store: BlobStore, request: ListRequest) -> Iterator[BlobRecord | str]:
    """Yield blobs and, where a delimiter is given, common prefixes; each prefix costs one seek."""
    start, limit = max(request.prefix, request.start), request.limit + 1
    while found := store.scan(container, request.prefix, start, limit):
        for blob in found:
            if blob.name < start:
                continue
            common = _common_prefix(blob.name, request)
            yield common or blob
            # A prefix is followed by the first name that does not begin with it.
            start = common + "\U0010ffff" if common else blob.name + "\0"
            if common:
                break


def _common_prefix(name: str, request: ListRequest) -> str:
    if not request.delimiter:
        return ""
    end = name.find(request.delimiter, len(request.prefix))
    return name[: end + len(request.delimiter)] if end >= 0 else ""


def _headers(record: ContainerRecord) -> dict[str, str]:
    return {"etag": record.etag, "last-modified": http_date(record.modified)}
