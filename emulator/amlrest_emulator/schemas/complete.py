"""Parts of a state folder that belong together: none may be missing."""

from __future__ import annotations

from pathlib import Path

from amlrest_emulator.schemas.schema import damaged


def check_complete(database: Path, blobs: Path) -> None:
    """Check that no database is missing whose other parts are there.

    Started without its index, the blob store would remove all contents as unreferenced.

    Args:
        database: ``state.db``, the first file that is created.
        blobs: folder of the blobs, with its index and one folder for each container.

    Raises:
        UnusableFolderError: a database is missing or empty.
    """
    index = blobs / "index.db"
    if _is_missing(database) and index.exists():
        raise damaged(database, "it is missing")
    if _is_missing(index) and any(blobs.glob("*/??/*")):
        raise damaged(index, "it is missing")


def _is_missing(path: Path) -> bool:
    return not path.exists() or path.stat().st_size == 0
