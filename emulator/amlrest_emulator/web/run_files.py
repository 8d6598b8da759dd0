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
        """Return a part of a log in whole lines; None if there is no such log.

        Args:
            run: name of the run.
            path: path of the log below the run.
            start: offset of the first byte; None for the lines at the end of the log.
            length: about how many bytes; a very long line is cut.
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
        if start is None and first > 0:
            first = before + _after_line(content)
        else:
            first = before + _at_character(content, first - before)
        last = before + _end_of_line(content, last - before, is_rest=before + len(content) == size)
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


def _after_line(content: bytes) -> int:
    """Return where the first line begins, after one whose beginning is not there."""
    return content.find(b"\n") + 1


def _end_of_line(content: bytes, position: int, *, is_rest: bool) -> int:
    """Return where the line ends that has the byte before a position.

    Args:
        content: bytes that it is in.
        position: a position in them.
        is_rest: whether nothing comes after them; else a line without an end is cut.
    """
    end = content.find(b"\n", max(position - 1, 0))
    if end >= 0:
        return end + 1
    return len(content) if is_rest else _at_character(content, position)


def _at_character(content: bytes, position: int) -> int:
    """Return the first position from one on that is not within a character of UTF-8."""
    while position < len(content) and content[position] & 0xC0 == 0x80:  # noqa: PLR2004
        position += 1
    return position


def _name(run: str, path: str) -> str:
    return f"{run_prefix(run)}/{path}"
