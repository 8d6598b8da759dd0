"""XML bodies of the Blob service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from email.utils import formatdate
from urllib.parse import quote
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from amlrest_emulator.blob.errors import BlobError
from amlrest_emulator.blob.records import BlobRecord, ContainerRecord, Segment

_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PROPERTIES = {
    "content-type": "Content-Type",
    "content-encoding": "Content-Encoding",
    "content-language": "Content-Language",
    "content-md5": "Content-MD5",
    "content-disposition": "Content-Disposition",
    "cache-control": "Cache-Control",
}


def http_date(seconds: float) -> str:
    """Return epoch seconds as an HTTP date (RFC 1123)."""
    return formatdate(seconds, usegmt=True)


def error_body(code: str, message: str) -> bytes:
    """Return the body of an error response."""
    text = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    return (_HEAD + _NOT_XML.sub("?", text)).encode()


def _name(text: str) -> str:
    if _NOT_XML.search(text) or "\r" in text:
        return f'<Name Encoded="true">{quote(text)}</Name>'
    return f"<Name>{escape(text)}</Name>"


def _fields(values: Iterable[tuple[str, object]]) -> str:
    return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in values)


def _metadata(metadata: Mapping[str, str]) -> str:
    return f"<Metadata>{_fields(metadata.items())}</Metadata>"


def container_item(record: ContainerRecord, *, metadata: bool) -> str:
    """Return the ``Container`` element of a listing."""
    properties = _fields([("Last-Modified", http_date(record.modified)), ("Etag", record.etag)])
    extra = _metadata(record.metadata) if metadata else ""
    return (
        f"<Container>{_name(record.name)}<Properties>{properties}</Properties>{extra}</Container>"
    )


def blob_item(record: BlobRecord, *, metadata: bool) -> str:
    """Return the ``Blob`` element of a listing."""
    values: list[tuple[str, object]] = [
        ("Creation-Time", http_date(record.created)),
        ("Last-Modified", http_date(record.modified)),
        ("Etag", record.etag.strip('"')),
        ("Content-Length", record.size),
        ("BlobType", "BlockBlob"),
    ]
    values += [(_PROPERTIES[name], value) for name, value in record.headers.items()]
    extra = _metadata(record.metadata) if metadata else ""
    return f"<Blob>{_name(record.name)}<Properties>{_fields(values)}</Properties>{extra}</Blob>"


def prefix_item(name: str) -> str:
    """Return the ``BlobPrefix`` element of a hierarchical listing."""
    return f"<BlobPrefix>{_name(name)}</BlobPrefix>"


def listing(
    *,
    endpoint: str,
    container: str | None,
    echo: Mapping[str, str],
    kind: str,
    items: Iterable[str],
    marker: str,
) -> bytes:
    """Return the body of a listing."""
    own = f" ContainerName={quoteattr(container)}" if container else ""
    fields = _fields((name, value) for name, value in echo.items() if value)
    return (
        f"{_HEAD}<EnumerationResults ServiceEndpoint={quoteattr(endpoint)}{own}>"
        f"{_NOT_XML.sub('?', fields)}<{kind}>{''.join(items)}</{kind}>"
        f"<NextMarker>{escape(marker)}</NextMarker></EnumerationResults>"
    ).encode()


def block_list(committed: Iterable[Segment] | None, uncommitted: Iterable[Segment] | None) -> bytes:
    """Return the body of Get Block List; lists that are None are omitted."""
    lists = []
    for name, blocks in (("CommittedBlocks", committed), ("UncommittedBlocks", uncommitted)):
        if blocks is not None:
            items = (
                f"<Block>{_fields([('Name', block.block_id), ('Size', block.size)])}</Block>"
                for block in blocks
            )
            lists.append(f"<{name}>{''.join(items)}</{name}>")
    return f"{_HEAD}<BlockList>{''.join(lists)}</BlockList>".encode()


def read_block_list(body: bytes) -> list[tuple[str, str]]:
    """Return ``(kind, block id)`` pairs of a Put Block List body."""
    try:
        text = body.decode("utf-8-sig")
        if "<!DOCTYPE" in text:
            raise BlobError("InvalidXmlDocument", "A block list must not have a document type.")
        # A text, so that the encoding that the document names does not matter.
        root = ET.fromstring(text)  # noqa: S314 - document types are refused above
    except (ET.ParseError, ValueError) as error:
        raise BlobError(
            "InvalidXmlDocument", f"The block list is not valid XML: {error}."
        ) from None
    items = [(item.tag, (item.text or "").strip()) for item in root]
    unknown = [kind for kind, _ in items if kind not in {"Committed", "Uncommitted", "Latest"}]
    if root.tag != "BlockList" or unknown:
        raise BlobError("InvalidXmlDocument", "The body is not a BlockList of block ids.")
    return items
