"""Waiting for what the service takes long to do: a limit, something to see, Ctrl-C."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from amlrest.cli import render
from amlrest.cli.errors import WaitInterruptedError
from amlrest.cli.screen import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amlrest.cli.screen import Screen

TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Give up waiting after it.",
)


@contextmanager
def shown(what: str, come_back: str) -> Iterator[Screen]:
    """Show that something is under way, on the screen that is yielded.

    Args:
        what: such as ``online endpoint iris``.
        come_back: the command that goes on with it, or shows what became of it.

    Raises:
        WaitInterruptedError: Ctrl-C; what the service has begun goes on.
    """
    began, screen = time.monotonic(), messages()
    try:
        with screen.block(lambda: [f"{what} … {render.duration(time.monotonic() - began)}"]):
            yield screen
    except KeyboardInterrupt:
        message = f"what the service has begun of {what} goes on"
        raise WaitInterruptedError(message, [come_back]) from None
