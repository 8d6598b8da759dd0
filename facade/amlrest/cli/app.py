"""The root command: commands imported on demand, global options, the exit status."""

from __future__ import annotations

import io
import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from amlrest.cli import commands
from amlrest.cli.click_classes import Group, add_global_options
from amlrest.cli.program import program
from amlrest.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType


class Root(Group):
    """Imports the module of a command only when that command is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands: those of the modules in the folder `commands`."""
        files = os.listdir(commands.__path__[0])  # noqa: PTH208 - pathlib slows the start-up
        modules = [file.partition(".") for file in files if not file.startswith("__")]
        return sorted(
            name.replace("_", "-")
            for name, _, suffix in modules
            if name and suffix in {"py", "pyc"}
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = import_module(_module(cmd_name)).command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with the first lines of their modules, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary(name)) for name in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command to run; for a misspelt one, suggest those with similar names."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = " or ".join(map(repr, get_close_matches(args[0], self.list_commands(ctx))))
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near}?", ctx) from None


def _module(name: str) -> str:
    return f"amlrest.cli.commands.{name.replace('-', '_')}"


def summary(name: str) -> str:
    """Return the short help of a command: the first line of its module's docstring."""
    source = f"{commands.__path__[0]}/{name.replace('-', '_')}.py"
    try:
        with open(source, encoding="utf-8") as file:  # noqa: PTH123 - pathlib slows the start-up
            first = file.readline()
    except OSError:  # installed without sources
        first = (import_module(_module(name)).__doc__ or "").partition("\n")[0]
    return first.strip().strip('"')


_EXAMPLE = """\
amlrest quickstart              run the whole workflow on this machine
eval "$(amlrest local env)"     use the local workspace in this shell
amlrest job submit job.yml      submit a job"""


@click.group(
    "amlrest", cls=Root, example=_EXAMPLE, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="amlrest", message="amlrest %(version)s")
def app() -> None:
    """Train models on Azure Machine Learning over REST, or on your own machine."""


add_global_options(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; docs/cli.md lists them."""
    session = Session(arguments=sys.argv[1:] if arguments is None else arguments)
    signal.signal(signal.SIGTERM, _exit_on_signal)
    _open_closed_streams()
    _escape_what_cannot_be_encoded()
    try:
        status = app.main(
            arguments,
            prog_name=program(),
            complete_var="_AMLREST_COMPLETE",
            standalone_mode=False,
            obj=session,
        )
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - every exception becomes an exit status
        from amlrest.cli.errors import exit_status

        return exit_status(error, debug=session.debug)
    return status if isinstance(status, int) else 0


def _open_closed_streams() -> None:
    """Open the null device in place of a standard stream that was closed at the start."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _escape_what_cannot_be_encoded() -> None:
    """Print characters that the encoding of a stream does not have as escape sequences."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _exit_on_signal(number: int, _frame: FrameType | None) -> None:
    """Exit through `SystemExit`, so that a terminated command cleans up."""
    sys.exit(128 + number)
