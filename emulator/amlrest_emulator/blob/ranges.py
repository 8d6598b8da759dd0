"""Byte ranges of Get Blob.

https://learn.microsoft.com/rest/api/storageservices/specifying-the-range-header-for-blob-service-operations
"""

from __future__ import annotations

import re

from amlrest_emulator.blob.errors import BlobError

_RANGE = re.compile(r"bytes=([0-9]{1,18})-([0-9]{0,18})")


def parse_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Return ``(start, end)``, end exclusive, or None for the whole blob.

    The service ignores every form but ``bytes=a-`` and ``bytes=a-b``.

    Raises:
        BlobError: ``InvalidRange`` if the range starts at or after the end of the blob.
    """
    match = _RANGE.fullmatch(header.strip()) if header else None
    if match is None:
        return None
    start = int(match[1])
    end = int(match[2]) + 1 if match[2] else size
    if end <= start and match[2]:
        return None
    if start >= size:
        raise BlobError("InvalidRange", f"The range starts at {start}, the blob has {size} bytes.")
    return start, min(end, size)
