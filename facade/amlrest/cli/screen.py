"""Progress output: redrawn in place on a terminal, line by line anywhere else."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

from amlrest.cli.render import columns_of, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_REDRAW_EVERY = 0.25
_ABOVE_AND_CLEAR = "\x1b[{}F\x1b[J"
_REPLACE_LINE_ABOVE = "\x1b[{0}F{1}\x1b[K\x1b[{0}E"


class Screen:
    """Prints permanent lines, and below them a block that is redrawn while something runs.

    Args:
        stream: stdout or stderr.
        plain: whether nothing is redrawn, whatever the stream is.

    Attributes:
        live: whether the block can be redrawn: the stream is a terminal that is not dumb.
    """

    def __init__(self, stream: TextIO, *, plain: bool = False) -> None:
        self._stream = stream
        is_terminal = stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
        self.live = is_terminal and not plain
        self._colour = is_terminal and not os.environ.get("NO_COLOR")
        self._drawn: list[str] = []
        self._drawn_width = 0
        self._draw: Callable[[], Sequence[str]] | None = None
        self._paint: Callable[[str], str] | None = None
        self._lock = threading.RLock()

    @property
    def width(self) -> int:
        """Columns of the terminal now; 0 (no limit) when the stream is not a terminal."""
        return shutil.get_terminal_size().columns if self.live else 0

    @property
    def height(self) -> int:
        """Lines of the terminal now; 0 (no limit) when the stream is not a terminal."""
        return shutil.get_terminal_size().lines if self.live else 0

    def style(self, text: str, **style: bool | str) -> str:
        """Return a text with colours if the stream shows them and NO_COLOR is not set."""
        return click.style(text, **style) if self._colour else text  # type: ignore[arg-type]

    def line(self, text: str = "") -> None:
        """Print a permanent line."""
        with self._lock:
            self._erase()
            self._write(text + "\n")
            self._redraw()

    def lines(self, texts: Sequence[str]) -> None:
        """Print permanent lines."""
        for text in texts:
            self.line(text)

    @contextmanager
    def block(
        self, draw: Callable[[], Sequence[str]], paint: Callable[[str], str] | None = None
    ) -> Iterator[None]:
        """Show lines, redrawn regularly, until the context ends.

        Args:
            draw: returns the lines; what does not fit the terminal is cut.
            paint: adds colours to a line that was cut.
        """
        if not self.live:
            yield
            return
        stop = threading.Event()
        self._paint = paint
        redrawer = threading.Thread(target=self._keep_drawing, args=(draw, stop), daemon=True)
        redrawer.start()
        try:
            yield
        finally:
            stop.set()
            redrawer.join()
            with self._lock:
                self._erase()
                self._draw = None
                self._stream.flush()

    @contextmanager
    def activity(self, text: str) -> Iterator[None]:
        """Show what is being done: until it ends on a terminal, as a line anywhere else."""
        line = f"    {text} …" if self.live else f"    {text}"
        if not self.live:
            self.line(line)
        with self.block(lambda: [line]):
            yield

    def _keep_drawing(self, draw: Callable[[], Sequence[str]], stop: threading.Event) -> None:
        self._draw = draw
        while not stop.is_set():
            with self._lock:
                self._refresh()
            stop.wait(_REDRAW_EVERY)

    def _refresh(self) -> None:
        """Draw the lines that have changed; all of them if their number or the width has."""
        wanted, paint = self._wanted(), self._paint or str
        if len(wanted) != len(self._drawn) or self.width != self._drawn_width:
            self._erase()
            self._redraw()
            return
        pairs = enumerate(zip(wanted, self._drawn, strict=True))
        changed = [(len(wanted) - at, new) for at, (new, old) in pairs if new != old]
        self._drawn = wanted
        if changed:
            self._write("".join(_REPLACE_LINE_ABOVE.format(up, paint(new)) for up, new in changed))
            self._stream.flush()

    def _wanted(self) -> list[str]:
        lines = list(self._draw())[: self.height - 1] if self._draw else []
        return [shorten(text, self.width - 1) for text in lines]

    def _redraw(self) -> None:
        self._drawn, self._drawn_width = self._wanted(), self.width
        paint = self._paint or str
        self._write("".join(paint(text) + "\n" for text in self._drawn))
        self._stream.flush()

    def _erase(self) -> None:
        """Erase the block; a terminal that became narrower has broken its lines."""
        if self._drawn:
            width = max(self.width, 1)
            rows = sum(-(-max(columns_of(text), 1) // width) for text in self._drawn)
            self._write(_ABOVE_AND_CLEAR.format(rows))
            self._drawn = []

    def _write(self, text: str) -> None:
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        self._stream.write(text.encode(encoding, "replace").decode(encoding))


def messages() -> Screen:
    """Return the screen for progress and messages: stderr, because stdout is for results."""
    return Screen(sys.stderr)
