"""Logs and outputs of runs: lists, windows of logs, contents. Blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from amlrest_emulator.blob import BlobError, BlobStore, chunks
from amlrest_emulator.names import RUN_CONTAINER, run_prefix
from amlrest_emulator.web.log_text import readable

MAIN_LOG = "user_logs/std_log.txt"
TAIL_BYTES = 32 * 1024
WINDOW_BYTES = 256 * 1024
_MOST_FILES = 500
_LOGS = ("user_logs/", "azureml-logs/", "logs/")
_LONGEST_LINE = 16 * 1024
_IMAGES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
_LARGEST_IMAGE = 4_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A file of a run; ``path`` is below the run."""

    path: str
    size: int

    @property
    def is_log(self) -> bool:
        """Whether it is shown as a log."""
        return self.path.startswith(_LOGS)

    @property
    def is_image(self) -> bool:
        """Whether it is shown as an image."""
        return bool(image_type(self.path)) and self.size <= _LARGEST_IMAGE


def image_type(path: str) -> str:
    """Return the content type of an image that browsers show without running anything, or ""."""
    return next((kind for end, kind in _IMAGES.items() if path.lower().endswith(end)), "")


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a log in whole lines.

    Attributes:
        text: the lines, readable.
        start: offset of the first byte.
        end: offset behind the last one.
        size: bytes of the whole log.
    """

    text: str
    start: int
    end: int
    size: int


@dataclass(frozen=True, slots=True)
class RunFiles:
    """The files of the runs of a workspace."""

    blobs: BlobStore

    def of(self, run: str) -> tuple[list[File], bool]:
        """Return the files of a run, and whether there are more than can be listed."""
        prefix = f"{run_prefix(run)}/"
        found = list(islice(self.blobs.walk(RUN_CONTAINER, prefix), _MOST_FILES + 1))
        files = [File(blob.name.removeprefix(prefix), blob.size) for blob in found]
        return files[:_MOST_FILES], len(found) > _MOST_FILES

    def window(self, run: str, path: str, start: int | None, length: int) -> Window | None:
        """Return the lines of a log that begin in a range of bytes; None if there is no such log.

        Args:
            run: name of the run.
            path: path of the log below the run.
            start: offset of the range; None for the end of the log.
            length: bytes of the range; a line that is longer is cut.
        """
        try:
            with self.blobs.reading(RUN_CONTAINER, _name(run, path)) as blob:
                size = blob.size
                first, last = window_of(size, start, length)
                before = max(first - 1, 0)
                after = min(last + _LONGEST_LINE, size)
                content = b"".join(chunks(self.blobs, blob, before, after))
        except (BlobError, FileNotFoundError):
            return None
        first, last = _whole_lines(content, before, first, last)
        part = content[first - before : last - before]
        return Window(readable(part.decode(errors="replace")), first, last, size)

    def content(self, run: str, path: str) -> tuple[int, Iterator[bytes]] | None:
        """Return the size and the content of a file, None if there is none."""
        found = self._content(run, path)
        try:
            size = next(found)
        except BlobError:
            return None
        return int(size), found  # type: ignore[return-value]

    def _content(self, run: str, path: str) -> Iterator[bytes | int]:
        with self.blobs.reading(RUN_CONTAINER, _name(run, path)) as blob:
            yield blob.size
            yield from chunks(self.blobs, blob, 0, blob.size)


def window_of(size: int, start: int | None, length: int) -> tuple[int, int]:
    """Return the range of bytes of a window.

    At the end of a log that grows it begins at the same place for a while, so that a page that
    shows it only grows, too.
    """
    if start is None:
        step = length // 2
        start = max(0, -(-(size - length) // step) * step)
    start = max(0, min(start, size))
    return start, min(start + length, size)


def _whole_lines(content: bytes, offset: int, first: int, last: int) -> tuple[int, int]:
    """Return the range of the lines that begin in a range of bytes.

    Args:
        content: bytes from ``offset`` on, one before the range and some behind it.
        offset: see there.
        first: begin of the range.
        last: end of the range.
    """
    if first > 0:
        begin = content.find(b"\n", 0, last - offset)
        first = offset + begin + 1 if begin >= 0 else first
    end = content.find(b"\n", last - 1 - offset) if last - offset < len(content) else -1
    return first, offset + end + 1 if end >= 0 else min(last, offset + len(content))


def _name(run: str, path: str) -> str:
    return f"{run_prefix(run)}/{path}"
