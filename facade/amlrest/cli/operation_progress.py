"""Long-running operations: the option --timeout, progress, Ctrl-C."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from amlrest.cli import render
from amlrest.cli.errors import DEADLINE, CommandError, WaitInterruptedError
from amlrest.cli.screen import messages
from amlrest.errors import DeadlineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amlrest.cli.screen import Screen

TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Maximum seconds to wait.",
)


@contextmanager
def shown(operation: str, resume: str) -> Iterator[Screen]:
    """Show the progress of an operation on the screen that is yielded.

    Args:
        operation: such as ``update of compute cpu-cluster``.
        resume: the command that resumes the wait, or shows the result.

    Raises:
        WaitInterruptedError: Ctrl-C; the operation continues.
        CommandError: it is still running after the timeout.
    """
    began, screen = time.monotonic(), messages()
    try:
        with screen.block(lambda: [f"{operation} … {render.duration(time.monotonic() - began)}"]):
            yield screen
    except KeyboardInterrupt:
        message = f"the {operation} continues"
        raise WaitInterruptedError(message, [resume]) from None
    except DeadlineError as late:
        message = f"the {operation} continues after the timeout"
        raise CommandError(message, hint=f"resume with\n    {resume}", status=DEADLINE) from late
