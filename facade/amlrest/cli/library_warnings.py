"""Shows what the library warns of where the progress goes, so that neither spoils the other."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amlrest.cli.screen import Screen

_LOGGER = logging.getLogger("amlrest")


class _OnScreen(logging.Handler):
    def __init__(self, screen: Screen) -> None:
        super().__init__(logging.WARNING)
        self._screen = screen

    def emit(self, record: logging.LogRecord) -> None:
        self._screen.line(f"Warning: {record.getMessage()}")


@contextmanager
def warnings_on(screen: Screen) -> Iterator[None]:
    """Print warnings of the library as lines of a screen until the block ends."""
    handler = _OnScreen(screen)
    _LOGGER.addHandler(handler)
    try:
        yield
    finally:
        _LOGGER.removeHandler(handler)
