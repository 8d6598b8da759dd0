"""Displays: an output of a notebook that is replaced, or lines on stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from amlrest._advice import in_notebook

if TYPE_CHECKING:
    from typing import TextIO


class View(NamedTuple):
    """What is shown of a moment.

    Attributes:
        html: for a notebook; it is safe to show.
        text: for everything else.
        news: what is new about it; a line is printed only when this has changed.
    """

    html: str
    text: str
    news: str


class Display(Protocol):
    """Where progress is shown."""

    def show(self, view: View) -> None:
        """Show a moment in place of the one before."""


class NotebookOutput:
    """One output of a notebook cell, which is replaced."""

    def __init__(self) -> None:
        self._handle: Any = None

    def show(self, view: View) -> None:
        """Replace the output; the first time it is added below the cell."""
        content = {"text/html": view.html, "text/plain": view.text}
        if self._handle is None:
            from IPython import display as ipython

            add: Any = ipython.display
            self._handle = add(content, raw=True, display_id=True)
        else:
            self._handle.update(content, raw=True)


class Lines:
    """Lines of a stream, one for each piece of news."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._news = ""

    def show(self, view: View) -> None:
        """Print a line, unless there is no news."""
        if view.news != self._news:
            self._news = view.news
            print(view.text, file=self._stream, flush=True)


def open_here() -> Display:
    """Return a new output of the notebook; elsewhere lines on stderr."""
    return NotebookOutput() if in_notebook() else Lines(sys.stderr)
