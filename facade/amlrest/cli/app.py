"""The root of the command: nouns loaded on demand, global options, the exit status."""

from __future__ import annotations

import os
import signal
import sys
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amlrest.cli.click_classes import Group, add_global_options
from amlrest.cli.errors import exit_status
from amlrest.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

NOUNS = (
    "quickstart",
    "local",
    "job",
    "environment",
    "data",
    "code",
    "model",
    "online-endpoint",
    "online-deployment",
    "batch-endpoint",
    "batch-deployment",
    "compute",
    "datastore",
    "workspace",
    "api",
)


class Root(Group):
    """Finds each noun in the module of its name, so that a call loads only its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the nouns, the ones a newcomer needs first."""
        return list(NOUNS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of a noun."""
        if cmd_name not in NOUNS:
            return None
        found = import_module(f"amlrest.cli.commands.{cmd_name.replace('-', '_')}").command
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a noun; a noun that is misspelt is met with those that are near."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = " or ".join(map(repr, get_close_matches(args[0], NOUNS)))
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near}?", ctx) from None


_EXAMPLE = """\
amlrest quickstart              the whole workflow, on this machine
eval "$(amlrest local env)"     point scripts and this command at a local workspace
amlrest job submit job.yml      run a job"""


@click.group(cls=Root, example=_EXAMPLE, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="amlrest", message="amlrest %(version)s")
def app() -> None:
    """Train models on Azure Machine Learning over REST, or on your own machine."""


add_global_options(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: see docs/cli.md for what each means."""
    session = Session(arguments=sys.argv[1:] if arguments is None else arguments)
    signal.signal(signal.SIGTERM, _end)
    _open_closed_streams()
    try:
        status = app.main(arguments, prog_name="amlrest", standalone_mode=False, obj=session)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - every end becomes an exit status
        return exit_status(error, debug=session.debug)
    return status if isinstance(status, int) else 0


def _open_closed_streams() -> None:
    """Give what was started without stdin, stdout or stderr the null device in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - stays open
            setattr(sys, name, stream)


def _end(number: int, _frame: FrameType | None) -> None:
    """Let a terminated command clean up behind itself."""
    sys.exit(128 + number)
