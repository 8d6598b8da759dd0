"""Shared Key signatures of the Blob service.

https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence

_STANDARD_HEADERS = (
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "date",
    "if-modified-since",
    "if-match",
    "if-none-match",
    "if-unmodified-since",
    "range",
)
Headers = Sequence[tuple[str, str]]


def sign(key: str, text: str) -> str:
    """Return the Base64 HMAC-SHA256 of ``text`` under the Base64 account key."""
    digest = hmac.new(base64.b64decode(key), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def same_signature(left: str, right: str) -> bool:
    """Return whether two signatures are equal, compared in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def strings_to_sign(
    method: str, account: str, path: str, query: Headers, headers: Headers
) -> Iterable[str]:
    """Yield the strings that a client may have signed for a request.

    Args:
        method: HTTP method in upper case.
        account: storage account name.
        path: escaped path. In path style it starts with the account, which therefore appears
            twice in the canonicalized resource.
        query: decoded query parameters.
        headers: all headers, names in lower case.

    Header names with hyphens or underscores sort differently by code point, as documented, and
    by the collation that the SDKs use; both are accepted.
    """
    lines = [method, *(_standard_values(dict(headers)))]
    resource = _canonical_resource(account, path, query)
    for key in (str, _collation):
        yield "\n".join([*lines, *_canonical_headers(headers, key), resource])


def _standard_values(headers: dict[str, str]) -> list[str]:
    values = {name: headers.get(name, "") for name in _STANDARD_HEADERS}
    if values["content-length"] == "0":
        values["content-length"] = ""
    if "x-ms-date" in headers:
        values["date"] = ""
    return list(values.values())


def _collation(name: str) -> str:
    return name.replace("-", "").replace("_", "!")


def _canonical_headers(headers: Headers, key: Callable[[str], str]) -> list[str]:
    joined: dict[str, list[str]] = {}
    for name, value in headers:
        if name.startswith("x-ms-"):
            joined.setdefault(name, []).append(value.strip())
    return [f"{name}:{','.join(joined[name])}" for name in sorted(joined, key=key)]


def _canonical_resource(account: str, path: str, query: Headers) -> str:
    values: dict[str, list[str]] = {}
    for name, value in query:
        values.setdefault(name.lower(), []).append(value)
    parameters = [f"{name}:{','.join(sorted(values[name]))}" for name in sorted(values)]
    return "\n".join([f"/{account}{path}", *parameters])
