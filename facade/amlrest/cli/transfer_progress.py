"""Progress of uploads and downloads: files, bytes and rate, from the first second."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from amlrest._progress import transfers
from amlrest.cli import render
from amlrest.cli.errors import WaitInterruptedError
from amlrest.cli.screen import messages
from amlrest.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator


class Transfers(transfers.Transfers):
    """The transfers of a command, as lines below its messages."""

    def draw(self) -> list[str]:
        """Return one line while something is left to transfer, or before anything is known."""
        bar = f"{render.bar(*self.size)} " if self.files else ""
        return [bar + self.describe()]


@contextmanager
def uploading() -> Iterator[Transfers]:
    """Show uploads below the messages, and say afterwards what was uploaded."""
    with _shown(Transfers("uploading", "uploaded")) as shown:
        yield shown
    if summary := shown.summary():
        messages().line(summary)


@contextmanager
def downloading() -> Iterator[Transfers]:
    """Show downloads below the messages."""
    with _shown(Transfers("downloading", "downloaded")) as shown:
        yield shown


@contextmanager
def _shown(those: Transfers) -> Iterator[Transfers]:
    try:
        with messages().block(those.draw):
            yield those
    except KeyboardInterrupt:
        if not those.files:
            raise
        again = click.get_current_context().ensure_object(Session).again
        raise WaitInterruptedError(those.describe(), [again]) from None
