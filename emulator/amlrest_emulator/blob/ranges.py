"""Byte ranges of Get Blob ("Specifying the range header for Blob service operations")."""

import re

from amlrest_emulator.blob.errors import BlobError

_RANGE = re.compile(r"^bytes=(\d+)-(\d*)$")


def parse_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Return ``(start, end)``, end exclusive, or None when the whole blob is asked for.

    Only ``bytes=a-`` and ``bytes=a-b`` are ranges; the service ignores every other form.

    Raises:
        BlobError: ``InvalidRange`` when the range starts at or behind the end of the blob.
    """
    match = _RANGE.match(header.strip()) if header else None
    if match is None:
        return None
    start = int(match[1])
    end = int(match[2]) + 1 if match[2] else size
    if end <= start and match[2]:
        return None
    if start >= size:
        raise BlobError("InvalidRange", f"The range starts at {start}, the blob has {size} bytes.")
    return start, min(end, size)
