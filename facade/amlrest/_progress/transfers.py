"""Transfers: files, bytes and rate of the uploads and downloads of one call."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from amlrest._progress.display import View
from amlrest._readable import duration, size

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest._files.transfer import Progress
    from amlrest._progress.display import Display

_REDRAW_SECONDS = 0.2


class Transfers:
    """Sums up transfers; pass it as `on_progress`.

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

    @property
    def size(self) -> tuple[int, int]:
        """Number of bytes that are there, and in all."""
        last = list(self._last.copy().values())
        return sum(each.bytes_done for each in last), sum(each.bytes_total for each in last)

    def describe(self) -> str:
        """Return how far it is: ``uploading 3/8 files  1.2 MB of 40 MB  12 MB/s``."""
        elapsed = time.monotonic() - self._began
        last = list(self._last.copy().values())
        if not last:
            return f"{self._doing}: checking files … {duration(elapsed)}"
        done, total = self.size
        files = f"{sum(each.files_done for each in last)}/{self.files} files"
        rate = f"{size(self.moved[1] / elapsed)}/s" if elapsed else ""
        return f"{self._doing} {files}  {size(done)} of {size(total)}  {rate}"

    def summary(self) -> str | None:
        """Return what was transferred; None for nothing."""
        files, moved = self.moved
        if not files:
            return None
        word = "file" if files == 1 else "files"
        elapsed = duration(time.monotonic() - self._began)
        return f"{self._done} {files} {word}, {size(moved)} in {elapsed}"


class ShownTransfers(Transfers):
    """Transfers on a display, which is drawn from any thread but not too often."""

    def __init__(self, display: Display, doing: str, done: str) -> None:
        super().__init__(doing, done)
        self._display = display
        self._drawn = 0.0
        self._lock = threading.Lock()

    def __call__(self, progress: Progress) -> None:
        super().__call__(progress)
        with self._lock:
            if time.monotonic() - self._drawn >= _REDRAW_SECONDS and self.size[0] < self.size[1]:
                self._drawn = time.monotonic()
                self._draw(self.describe(), self._doing)

    def finish(self) -> None:
        """Show what was transferred; nothing if there was nothing to do."""
        if summary := self.summary():
            self._draw(summary, self._done)

    def _draw(self, text: str, news: str) -> None:
        from amlrest.resources import html

        bar = [html.bar(*self.size)] if news == self._doing else []
        said = html.paragraph(text.replace("  ", " · "))
        self._display.show(View(html.page(*bar, said), text, news))
