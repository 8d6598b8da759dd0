"""Conditional headers.

https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from amlrest_emulator.blob.errors import BlobError


@dataclass(frozen=True, slots=True)
class Version:
    """Version of a blob or container: ETag and modification time in epoch seconds."""

    etag: str
    modified: float


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")}


def http_time(name: str, header: str) -> datetime:
    """Return the HTTP date of a header; raise ``InvalidHeaderValue`` if it is not one."""
    try:
        moment = parsedate_to_datetime(header)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        message = f"{name}: {header[:80]!r} is not an HTTP date."
        raise BlobError("InvalidHeaderValue", message) from None


def _matches(header: str, version: Version | None) -> bool:
    tags = _tags(header)
    return version is not None and ("*" in tags or version.etag.strip('"') in tags)


def _changed_since(name: str, header: str, version: Version) -> bool:
    changed = datetime.fromtimestamp(int(version.modified), UTC)
    return changed > http_time(name, header)


def check_read(headers: Mapping[str, str], version: Version) -> None:
    """Check the conditions of a read.

    Raises:
        BlobError: ``NotModified`` or ``ConditionNotMet``.
    """
    _check_required(headers, version)
    none_match = headers.get("if-none-match")
    if none_match is not None:
        if _matches(none_match, version):
            raise BlobError("NotModified", "The blob has the same ETag.")
        return
    since = headers.get("if-modified-since")
    if since and not _changed_since("If-Modified-Since", since, version):
        raise BlobError("NotModified", "The blob has not been modified since.")


def check_write(headers: Mapping[str, str], version: Version | None) -> None:
    """Check the conditions of a write; ``version`` is None for a new blob.

    Raises:
        BlobError: ``BlobAlreadyExists`` for ``If-None-Match: *``, else ``ConditionNotMet``.
    """
    _check_required(headers, version)
    none_match = headers.get("if-none-match")
    if none_match is not None and _matches(none_match, version):
        if "*" in _tags(none_match):
            raise BlobError("BlobAlreadyExists", "The blob already exists.")
        raise _not_met("If-None-Match")
    since = headers.get("if-modified-since")
    if since and version and not _changed_since("If-Modified-Since", since, version):
        raise _not_met("If-Modified-Since")


def _check_required(headers: Mapping[str, str], version: Version | None) -> None:
    match = headers.get("if-match")
    if match is not None and not _matches(match, version):
        raise _not_met("If-Match")
    since = headers.get("if-unmodified-since")
    if since and version and _changed_since("If-Unmodified-Since", since, version):
        raise _not_met("If-Unmodified-Since")


def _not_met(name: str) -> BlobError:
    return BlobError("ConditionNotMet", f"The condition of the header {name} is not met.")
