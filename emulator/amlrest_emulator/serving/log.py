"""Log of a deployment: its newest lines, in two bounded files."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

_TAIL_BYTES = 8000
_TAIL_LINES = 30
_MOST_SHOWN = 1024 * 1024


class RollingLog:
    """A log file that is kept as ``<name>.1`` when it is half of the limit, and begun again.

    Args:
        path: the file; its folder is made.
        limit: bytes that both files keep.

    Attributes:
        held: nothing; what is written is in the file at once.
    """

    held = b""

    def __init__(self, path: Path, limit: int) -> None:
        with suppress(OSError):  # as in `write`
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = path
        self._limit = max(limit // 2, 1)
        self._tail = b""

    @property
    def tail(self) -> str:
        """The last lines since ``mark``."""
        text = self._tail.decode(errors="replace")
        return "\n".join(text.strip().splitlines()[-_TAIL_LINES:])

    def mark(self) -> None:
        """Begin a new tail."""
        self._tail = b""

    def say(self, line: str) -> None:
        """Append a line of the local workspace, with the time."""
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        self.write(f"{now} {line}\n".encode(errors="replace"))

    def write(self, data: bytes) -> None:
        """Append output; what cannot be written on a full disk is lost."""
        self._tail = (self._tail + data)[-_TAIL_BYTES:]
        try:
            if self._path.exists() and self._path.stat().st_size > self._limit:
                self._path.replace(_older(self._path))
            with self._path.open("ab") as file:
                file.write(data)
        except OSError:
            return

    def flush(self) -> None:
        """Do nothing; nothing is held."""

    def finish(self) -> None:
        """Do nothing; the next line begins where this one ends."""


def read_log(path: Path, lines: int | None) -> str:
    """Return the end of a log, at most 1 MiB.

    Args:
        path: the file that `RollingLog` writes.
        lines: number of lines; None for all.
    """
    data = b"".join(_content(each) for each in (_older(path), path))[-_MOST_SHOWN:]
    found = data.decode(errors="replace").splitlines(keepends=True)
    return "".join(found if lines is None else found[max(len(found) - max(lines, 0), 0) :])


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _MOST_SHOWN, 0))
            return file.read()
    except OSError:
        return b""


def _older(path: Path) -> Path:
    return path.with_name(f"{path.name}.1")
