"""Log of a command: its output as it arrives, in three bounded files."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path

from amlrest_emulator.database import is_disk_full

DEFAULT_LIMIT = 100 * 1024 * 1024
"""Bytes that each log file keeps."""

_TAIL_BYTES = 4000
_TAIL_LINES = 20
_HELD_BYTES = 8 * 1024


class LogError(Exception):
    """The log of a command cannot be written; the message has the reason."""

    @classmethod
    def of(cls, error: OSError) -> LogError:
        """Return the error of a write."""
        advice = "; free some space, for example by deleting jobs"
        reason = error.strerror or str(error)
        hint = advice if is_disk_full(error) else ""
        return cls(f"The output of the command could not be written: {reason}{hint}.")


@dataclass(frozen=True, slots=True)
class LogFiles:
    """Log files of a command: both output streams together, and each alone."""

    combined: Path
    stdout: Path
    stderr: Path

    def all(self) -> tuple[Path, Path, Path]:
        """Return the files."""
        return self.combined, self.stdout, self.stderr

    def share(self) -> None:
        """Keep one file for both logs if all output was standard output, without prefixes."""
        with contextlib.suppress(OSError):
            sizes = [path.stat().st_size for path in self.all()]
            if sizes[0] == sizes[1] and sizes[2] == 0:
                self.stdout.unlink()
                self.stdout.hardlink_to(self.combined)


class CommandLog:
    """The open log files of one run, shared by the streams of all its ranks.

    Args:
        files: the files.
        limit: bytes that each file keeps; what follows is discarded.

    Attributes:
        broken: ends with the error if a file cannot be written; output is discarded then.
        unfinished: stream that has written a part of the last line of the combined file, if any.
    """

    def __init__(self, files: LogFiles, limit: int) -> None:
        self.broken: asyncio.Future[LogError] = asyncio.get_running_loop().create_future()
        self.unfinished: LogStream | None = None
        self.combined, self.stdout, self.stderr = (
            _BoundedFile(path, limit) for path in files.all()
        )

    def streams(self, prefix: bytes = b"") -> tuple[LogStream, LogStream]:
        """Return standard output and error of a rank; ``prefix`` marks its lines."""
        return LogStream(self, self.stdout, prefix), LogStream(self, self.stderr, prefix)

    def write(self, file: _BoundedFile, data: bytes) -> None:
        """Append to one of the files, unless the log is broken."""
        if self.broken.done():
            return
        try:
            file.write(data)
        except OSError as error:
            self.broken.set_result(LogError.of(error))

    def close(self) -> None:
        """Close the files."""
        for file in (self.combined, self.stdout, self.stderr):
            file.close()
        self.broken.cancel()


class LogStream:
    """One output stream of one rank.

    With a prefix, lines are written whole, so that ranks do not mix in the combined file. What is
    held of a long or slow line is written by ``flush``; another stream ends that line first.
    """

    def __init__(self, log: CommandLog, own: _BoundedFile, prefix: bytes) -> None:
        self._log = log
        self._own = own
        self._prefix = prefix
        self._tail = b""
        self.held = b""

    @property
    def tail(self) -> str:
        """The last lines."""
        text = self._tail.decode(errors="replace")
        return "\n".join(text.strip().splitlines()[-_TAIL_LINES:])

    def write(self, data: bytes) -> None:
        """Append output."""
        self._tail = (self._tail + data)[-_TAIL_BYTES:]
        self._log.write(self._own, data)
        if not self._prefix:
            self._log.write(self._log.combined, data)
            return
        text = self.held + data
        end = _end_of_lines(text)
        if len(text) - end > _HELD_BYTES:
            end = len(text)
        self.held = text[end:]
        self._add(text[:end])

    def flush(self) -> None:
        """Write what is held of an unfinished line."""
        text, self.held = self.held, b""
        self._add(text)

    def finish(self) -> None:
        """Write the rest, and end the line."""
        self.flush()
        if self._log.unfinished is self:
            self._add(b"\n")

    def _add(self, text: bytes) -> None:
        log = self._log
        if not text or log.combined.full:
            return
        finished = text.endswith(b"\n")
        lines = text.removesuffix(b"\n").replace(b"\n", b"\n" + self._prefix)
        if log.unfinished is not self:
            lines = (b"\n" if log.unfinished else b"") + self._prefix + lines
        log.unfinished = None if finished else self
        log.write(log.combined, lines + b"\n" * finished)


def _end_of_lines(text: bytes) -> int:
    """Return the position after the last line end; progress bars end lines with a return."""
    return max(text.rfind(b"\n"), text.rfind(b"\r")) + 1


class _BoundedFile:
    def __init__(self, path: Path, limit: int) -> None:
        self._file = path.open("ab", buffering=0)
        self._limit = limit
        self._left = max(limit - path.stat().st_size, 0)
        self.full = False

    def write(self, data: bytes) -> None:
        if self.full:
            return
        kept = data[: self._left]
        self._write_all(kept)
        self._left -= len(kept)
        if len(kept) < len(data):
            self.full = True
            note = f"The log has reached its limit of {self._limit} bytes; the rest is not kept."
            self._write_all(b"\n" + note.encode() + b"\n")

    def _write_all(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]

    def close(self) -> None:
        self._file.close()
