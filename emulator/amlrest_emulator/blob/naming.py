"""Names of containers, blobs, blocks and metadata.

https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
"""

from __future__ import annotations

import base64
import binascii
import re

from amlrest_emulator.blob.errors import BlobError

_CONTAINER = re.compile(r"(?=.{3,63}\Z)[a-z0-9]+(-[a-z0-9]+)*")
_METADATA = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MAX_BLOB_NAME = 1024
_MAX_BLOCK_ID_BYTES = 64


def check_container(name: str) -> str:
    """Return a valid container name, else raise ``InvalidResourceName``."""
    if not _CONTAINER.fullmatch(name):
        raise BlobError(
            "InvalidResourceName",
            f"{name!r} is not a container name; use 3 to 63 lower-case letters, digits and single "
            "hyphens between them.",
        )
    return name


def check_blob(name: str) -> str:
    """Return a valid blob name, else raise ``InvalidResourceName``.

    Any string of 1 to 1,024 characters is valid; it is never used as a file path.
    """
    if not 0 < len(name) <= _MAX_BLOB_NAME:
        raise BlobError("InvalidResourceName", "A blob name must have 1 to 1,024 characters.")
    if "\0" in name:
        raise BlobError("InvalidResourceName", "A blob name must not contain a NUL character.")
    return name


def check_block_id(text: str) -> str:
    """Return a block id (Base64 of at most 64 bytes), else raise ``InvalidQueryParameterValue``."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if not 0 < len(raw) <= _MAX_BLOCK_ID_BYTES:
        raise BlobError(
            "InvalidQueryParameterValue",
            f"blockid {text!r} is not Base64 of 1 to 64 bytes.",
        )
    return text


def check_metadata(metadata: dict[str, str]) -> dict[str, str]:
    """Return metadata whose names are identifiers, else raise ``InvalidMetadata``."""
    for name in metadata:
        if not _METADATA.fullmatch(name):
            raise BlobError("InvalidMetadata", f"x-ms-meta-{name}: the name is not an identifier.")
    return metadata
