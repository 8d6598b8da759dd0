"""Long-running operations: the options --timeout and --no-wait, progress, Ctrl-C."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render
from amlrest.cli.errors import DEADLINE, OK, CommandError, WaitInterruptedError
from amlrest.cli.screen import messages
from amlrest.errors import DeadlineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from amlrest.cli.screen import Screen

_NO_WAIT = "amlrest.no_wait"
TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    callback=lambda ctx, _, seconds: 0.0 if _NO_WAIT in ctx.meta else seconds,
    help="Maximum seconds to wait.",
)


def wait_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that waits for an operation, as the argument ``timeout``."""
    no_wait = click.option(
        "--no-wait",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_keep_no_wait,
        help="Do not wait until it has ended.",
    )
    return TIMEOUT(no_wait(function))


def _keep_no_wait(ctx: click.Context, _parameter: click.Parameter, given: bool) -> None:
    if given:
        ctx.meta[_NO_WAIT] = True


def refuse_no_wait(what: str) -> None:
    """Refuse ``--no-wait`` where something follows the operation.

    Raises:
        click.UsageError: it was given.
    """
    if _NO_WAIT in click.get_current_context().meta:
        raise click.UsageError(f"--no-wait does not go with {what}: that comes after the wait.")


@contextmanager
def shown(what: str, resume: str) -> Iterator[Screen]:
    """Show the progress of an operation on the screen that is yielded.

    Args:
        what: such as ``update of compute cpu-cluster``.
        resume: the command that resumes the wait, or shows the result.

    Raises:
        WaitInterruptedError: Ctrl-C; the operation continues.
        CommandError: it is still running after the timeout.
        click.exceptions.Exit: it continues, and is not to be waited for.
    """
    began, screen = time.monotonic(), messages()
    try:
        with screen.block(lambda: [f"{what} … {render.duration(time.monotonic() - began)}"]):
            yield screen
    except KeyboardInterrupt:
        message = f"the {what} continues"
        raise WaitInterruptedError(message, [resume]) from None
    except DeadlineError as late:
        if _NO_WAIT in click.get_current_context().meta:
            screen.line(f"the {what} continues")
            raise click.exceptions.Exit(OK) from None
        message = f"the {what} continues after the timeout"
        raise CommandError(message, hint=f"resume with\n    {resume}", status=DEADLINE) from late
