"""Progress of uploads and downloads: files, bytes and rate, from the first second."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from amlrest.cli import render
from amlrest.cli.screen import messages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from amlrest._files.transfer import Progress


class Transfers:
    """Sums up the transfers of a command; pass it as `on_progress`.

    Args:
        doing: such as ``uploading``.
        done: such as ``uploaded``.
    """

    def __init__(self, doing: str, done: str) -> None:
        self._doing, self._done = doing, done
        self._began = time.monotonic()
        self._first: dict[Path, Progress] = {}
        self._last: dict[Path, Progress] = {}

    def __call__(self, progress: Progress) -> None:
        """Take the progress of one folder or file."""
        self._first.setdefault(progress.path, progress)
        self._last[progress.path] = progress

    @property
    def files(self) -> int:
        """Number of files in all; those that existed already count too."""
        return sum(each.files_total for each in self._last.values())

    @property
    def moved(self) -> tuple[int, int]:
        """Number of files and bytes that were transferred."""
        pairs = [(self._first[path], last) for path, last in self._last.copy().items()]
        files = sum(last.files_done - first.files_done for first, last in pairs)
        return files, sum(last.bytes_done - first.bytes_done for first, last in pairs)

    def draw(self) -> list[str]:
        """Return one line while something is left to transfer, or before anything is known."""
        elapsed = time.monotonic() - self._began
        last = list(self._last.copy().values())
        if not last:
            return [f"{self._doing}: checking files … {render.duration(elapsed)}"]
        done = sum(each.bytes_done for each in last)
        total = sum(each.bytes_total for each in last)
        files = f"{sum(each.files_done for each in last)}/{self.files} files"
        sizes = f"{render.size(done)} of {render.size(total)}"
        rate = f"{render.size(self.moved[1] / elapsed)}/s" if elapsed else ""
        return [f"{render.bar(done, total)} {self._doing} {files}  {sizes}  {rate}"]

    def summary(self) -> str | None:
        """Return what was transferred; None for nothing."""
        files, size = self.moved
        if not files:
            return None
        word = "file" if files == 1 else "files"
        elapsed = render.duration(time.monotonic() - self._began)
        return f"{self._done} {files} {word}, {render.size(size)} in {elapsed}"


@contextmanager
def uploading() -> Iterator[Transfers]:
    """Show uploads below the messages, and say afterwards what was uploaded."""
    with _shown(Transfers("uploading", "uploaded")) as transfers:
        yield transfers
    if summary := transfers.summary():
        messages().line(summary)


@contextmanager
def downloading() -> Iterator[Transfers]:
    """Show downloads below the messages."""
    with _shown(Transfers("downloading", "downloaded")) as transfers:
        yield transfers


@contextmanager
def _shown(transfers: Transfers) -> Iterator[Transfers]:
    with messages().block(transfers.draw):
        yield transfers
