"""Blob Batch: up to 256 sub-requests in one multipart body.

https://learn.microsoft.com/rest/api/storageservices/blob-batch
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from amlrest_emulator.blob.errors import BlobError
from amlrest_emulator.blob.request import BlobRequest

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')
_MAX_PARTS = 256


@dataclass(frozen=True, slots=True)
class SubRequest:
    """A sub-request of a batch; header names in lower case."""

    content_id: str
    method: str
    target: str
    headers: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SubResponse:
    """The response to a sub-request."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def split_batch(content_type: str, body: bytes) -> list[SubRequest]:
    """Return the sub-requests of a batch; raise ``InvalidInput`` for an invalid body."""
    match = _BOUNDARY.search(content_type)
    if match is None:
        raise BlobError(
            "InvalidInput", "A batch requires Content-Type multipart/mixed; boundary=…."
        )
    text = body.decode("latin-1").replace("\r\n", "\n")
    parts = text.split(f"--{match[1]}")[1:]
    requests = [_sub_request(part) for part in parts if part.strip() not in {"--", ""}]
    if not 0 < len(requests) <= _MAX_PARTS:
        raise BlobError("InvalidInput", f"A batch has 1 to 256 requests, not {len(requests)}.")
    return requests


def _sub_request(part: str) -> SubRequest:
    envelope, _, inner = part.strip("\n").partition("\n\n")
    lines = inner.split("\n")
    words = lines[0].split(" ")
    if len(words) != len(("method", "target", "protocol")):
        raise BlobError("InvalidInput", f"{lines[0][:80]!r} is not a request line.")
    content_id = dict(_header_lines(envelope.split("\n"))).get("content-id", "")
    head = lines[1 : lines.index("", 1)] if "" in lines[1:] else lines[1:]
    return SubRequest(content_id, words[0], words[1], _header_lines(head))


def _header_lines(lines: list[str]) -> list[tuple[str, str]]:
    pairs = (line.partition(":") for line in lines if ":" in line)
    return [(name.strip().lower(), value.strip()) for name, _, value in pairs]


async def run_batch(
    request: BlobRequest, run: Callable[[SubRequest], Awaitable[SubResponse]]
) -> tuple[str, bytes]:
    """Run the sub-requests one after another; return content type and body of the response."""
    requests = split_batch(request.headers.get("content-type", ""), await request.small_body())
    boundary = "batchresponse_" + request.headers.get("x-ms-client-request-id", "local")
    parts = []
    for index, item in enumerate(requests):
        response = await run(item)
        content_id = item.content_id or str(index)
        parts.append(_part(boundary, content_id, response))
    return f"multipart/mixed; boundary={boundary}", b"".join(parts) + f"--{boundary}--".encode()


def _part(boundary: str, content_id: str, response: SubResponse) -> bytes:
    lines = [
        f"--{boundary}",
        "Content-Type: application/http",
        f"Content-ID: {content_id}",
        "",
        f"HTTP/1.1 {response.status} {_reason(response.status)}",
        *(f"{name}: {value}" for name, value in response.headers),
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + response.body + b"\r\n"


def _reason(status: int) -> str:
    return "Accepted" if status < 400 else "Error"  # noqa: PLR2004 - HTTP error statuses
