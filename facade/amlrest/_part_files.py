"""Files that appear complete or not at all: written as a part file, which then replaces them.

Part files are locked while they are written, so that abandoned ones are known.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_NAME = re.compile(r"\.[0-9a-f]{32}\.part")


@contextmanager
def replacing(file: Path) -> Iterator[BinaryIO]:
    """Write a part file beside a file, and replace the file with it at the end of the block.

    Without a complete block the file is left as it was, and the part file is removed.
    """
    part, stream = _create(file.parent)
    try:
        with stream:
            yield stream
            stream.flush()
            with contextlib.suppress(FileNotFoundError):
                part.chmod(stat.S_IMODE(file.stat().st_mode))
            part.replace(file)  # while it is locked
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_text(file: Path, text: str) -> None:
    """Replace the text of a file, or of the file that a link leads to; its permissions stay.

    What is not a file, such as ``/dev/stdout``, is written to and not replaced.
    """
    if file.exists() and not file.is_file():
        file.write_bytes(text.encode())
        return
    target = file.resolve()
    remove_abandoned(target.parent)
    with replacing(target) as stream:
        stream.write(text.encode())


def remove_abandoned(folder: Path) -> None:
    """Remove the part files of processes that were killed; those being written are kept."""
    with contextlib.suppress(OSError):
        for part in [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]:
            with part.open("rb") as stream:
                if _lock(stream):
                    part.unlink(missing_ok=True)


def _create(folder: Path) -> tuple[Path, BinaryIO]:
    while True:
        part = folder / f".{uuid.uuid4().hex}.part"
        stream = part.open("xb")
        # Before it was locked, ``remove_abandoned`` of another process may have taken it.
        if _lock(stream) is not False and os.fstat(stream.fileno()).st_nlink:
            return part, stream
        stream.close()


def _lock(stream: BinaryIO) -> bool | None:
    """Lock a file; return whether that was possible, None if the file system has no locks."""
    try:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return None
    return True
