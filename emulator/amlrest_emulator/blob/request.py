"""Parsed requests to the Blob endpoint."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, unquote_to_bytes

from amlrest_emulator.blob.errors import BlobError, unsupported
from amlrest_emulator.blob.naming import check_blob, check_container

_KNOWN_HEADERS = {
    "x-ms-blob-cache-control",
    "x-ms-blob-content-disposition",
    "x-ms-blob-content-encoding",
    "x-ms-blob-content-language",
    "x-ms-blob-content-md5",
    "x-ms-blob-content-type",
    "x-ms-blob-type",
    "x-ms-client-request-id",
    "x-ms-copy-source",
    "x-ms-date",
    "x-ms-delete-snapshots",
    "x-ms-range",
    "x-ms-return-client-request-id",
    "x-ms-version",
}
_CONTENT_HEADERS = (
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-md5",
    "content-type",
)
_LENGTH = re.compile("[0-9]{1,18}")
_METADATA_PREFIX = "x-ms-meta-"
_SMALL_BODY = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class BlobRequest:
    """A request: resource, parameters, headers, and the body as a stream.

    Attributes:
        path: escaped path, starting with ``/<account>``.
        query: decoded query parameters in order.
        header_list: all headers, names in lower case.
        body: opens the body stream; can be called once.
        delegated: whether a SAS authorizes the request, not the account key or the token.
        may_replace: whether the request may replace an existing blob.
    """

    method: str
    path: str
    container: str
    blob: str
    query: list[tuple[str, str]]
    header_list: list[tuple[str, str]]
    body: Callable[[], AsyncIterator[bytes]]
    parameters: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    delegated: bool = False
    may_replace: bool = True

    @property
    def level(self) -> str:
        """``s``, ``c`` or ``o``: service, container or blob, as a SAS names resource types."""
        if not self.container:
            return "s"
        return "o" if self.blob else "c"

    @property
    def metadata(self) -> dict[str, str]:
        """User metadata by name without the prefix."""
        cut = len(_METADATA_PREFIX)
        return {k[cut:]: v for k, v in self.header_list if k.startswith(_METADATA_PREFIX)}

    def content_headers(self) -> dict[str, str]:
        """Return the content headers to store; ``x-ms-blob-…`` takes precedence."""
        found = {}
        for name in _CONTENT_HEADERS:
            own = f"x-ms-blob-{name}"
            plain = None if name == "content-md5" else self.headers.get(name)
            value = self.headers.get(own, plain)
            if value:
                found[name] = value
        return found

    def explicit_content_headers(self) -> dict[str, str]:
        """Return the content headers given as ``x-ms-blob-…``."""
        named = {name: self.headers.get(f"x-ms-blob-{name}") for name in _CONTENT_HEADERS}
        return {name: value for name, value in named.items() if value}

    def content_length(self) -> int:
        """Return Content-Length; raise ``MissingContentLengthHeader`` if it is missing."""
        text = self.headers.get("content-length", "")
        if not _LENGTH.fullmatch(text):
            raise BlobError("MissingContentLengthHeader", "Content-Length is missing.")
        return int(text)

    async def small_body(self) -> bytes:
        """Read a body of at most 16 MiB."""
        parts, size = [], 0
        async for part in self.body():
            size += len(part)
            if size > _SMALL_BODY:
                raise BlobError("RequestBodyTooLarge", "The body is larger than 16 MiB.")
            parts.append(part)
        return b"".join(parts)

    def refuse_unknown(self) -> None:
        """Raise ``NotImplemented`` for ``x-ms-…`` headers that would be ignored."""
        for name in self.headers:
            known = name in _KNOWN_HEADERS or name.startswith(_METADATA_PREFIX)
            if name.startswith("x-ms-") and not known:
                raise unsupported(f"the header {name}")
        for name in ("snapshot", "versionid"):
            if name in self.parameters:
                raise unsupported(f"the parameter {name}")


def parse_query(text: str) -> list[tuple[str, str]]:
    """Return the parameters of a query string; a plus sign is a space, as in forms."""
    pairs = (part.partition("=") for part in text.split("&") if part)
    return [(_unquoted(k), _unquoted(v.replace("+", " "))) for k, _, v in pairs]


def _unquoted(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise BlobError("InvalidUri", f"{text[:80]!r} in the query is not UTF-8.") from None


def split_path(path: str, account: str) -> tuple[str, str]:
    """Return container and blob of an escaped path ``/<account>/<container>/<blob>``."""
    first, _, rest = path.removeprefix("/").partition("/")
    if first != account:
        raise BlobError("InvalidUri", f"There is no storage account {first!r} in this workspace.")
    container, _, blob = rest.partition("/")
    try:
        names = [unquote_to_bytes(part).decode() for part in (container, blob)]
    except UnicodeDecodeError:
        raise BlobError("InvalidUri", "The path is not UTF-8.") from None
    if names[0]:
        check_container(names[0])
    if names[1]:
        check_blob(names[1])
    return names[0], names[1]


def parse_request(
    method: str,
    target: str,
    header_list: list[tuple[str, str]],
    account: str,
    body: Callable[[], AsyncIterator[bytes]],
) -> BlobRequest:
    """Return a parsed request."""
    path, _, query_text = target.partition("?")
    query = parse_query(query_text)
    container, blob = split_path(path, account)
    return BlobRequest(
        method=method,
        path=path,
        container=container,
        blob=blob,
        query=query,
        header_list=header_list,
        body=body,
        parameters={name.lower(): value for name, value in query},
        headers=dict(header_list),
    )
