"""The local workspace of a state folder: the option --state-dir, start, and commands to print."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from amlrest.cli.errors import CommandError
from amlrest.cli.program import missing_local_extra, program
from amlrest.cli.screen import messages

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

Mode = Literal["host", "build"]
_DEFAULT_STATE = Path("~/.amlrest/local")
_STATE_VARIABLE = "AMLREST_LOCAL_STATE"


class _Folder(click.Path):
    """A folder, made absolute; an empty path, as from an unset variable, is an error."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("it is empty; name a folder", param, ctx)
        path = Path(str(super().convert(value, param, ctx)))
        try:
            return path.expanduser().absolute()
        except RuntimeError:
            self.fail(f"there is no home folder for {path}; name another folder", param, ctx)


STATE_DIR = click.option(
    "--state-dir",
    type=_Folder(file_okay=False),
    envvar=_STATE_VARIABLE,
    default=_DEFAULT_STATE,
    show_default=True,
    help=f"State folder; also ${_STATE_VARIABLE}.",
)

ENVIRONMENTS = click.option(
    "--environments",
    type=click.Choice(["host", "build"]),
    help="Use this Python, or build environments.",
)


def find(state_dir: Path) -> LocalWorkspace | None:
    """Return the running local workspace of a state folder, or None."""
    import amlrest_emulator

    return amlrest_emulator.find(state_dir)


Answers = Literal["service", "convenient"]
ANSWERS = click.option(
    "--answers",
    type=click.Choice(["service", "convenient"]),
    help="Respond as Azure does, or at once.",
)


Deployments = Literal["serve", "store"]
DEPLOYMENTS = click.option(
    "--deployments",
    type=click.Choice(["serve", "store"]),
    help="Run online deployments, or only store them.",
)


def start(
    state_dir: Path,
    port: int = 0,
    *,
    detach: bool,
    tls: bool = False,
    environments: Mode | None = None,
    answers: Answers | None = None,
    deployments: Deployments | None = None,
    log_limit: int | None = None,
) -> LocalWorkspace:
    """Start a local workspace.

    Raises:
        CommandError: it did not start.
    """
    import amlrest_emulator

    try:
        return amlrest_emulator.start(
            state_dir,
            port,
            detach=detach,
            tls=tls,
            environments=environments,
            answers=answers,
            deployments=deployments,
            log_limit=log_limit,
        )
    except amlrest_emulator.StartError as error:
        raise CommandError(str(error), hint=missing_local_extra()) from error


def check_settings(running: LocalWorkspace, **wanted: str | None) -> None:
    """Raise an error for another setting than that of a running local workspace.

    Args:
        running: the local workspace.
        wanted: setting → value; None for any.
    """
    for name, value in wanted.items():
        has = getattr(running, name)
        if value not in {None, has}:
            raise CommandError(
                f"the local workspace is already running with --{name} {has}",
                hint=f"to change that, stop it first: {command_line('down', running.state_dir)}",
            )


def has_desktop() -> bool:
    """Return whether a browser can open in a window of its own."""
    graphical = sys.platform == "darwin" or os.environ.get("DISPLAY")
    return bool(graphical or os.environ.get("WAYLAND_DISPLAY"))


def open_page(endpoint: str, token: str, path: str, *, browser: bool) -> str | None:
    """Open a page of a local workspace in a browser; else return a link to it that works once.

    Args:
        endpoint: its endpoint.
        token: its token.
        path: path of the page.
        browser: whether to open it in a browser.

    Raises:
        CommandError: the local workspace has no pages, or does not respond.
    """
    import webbrowser

    from amlrest_emulator.local import page_link

    try:
        # From a file, so that the link is no argument of the browser's process.
        if browser and webbrowser.open(page_link(endpoint, token, path, in_file=True)):
            messages().line(f"opened in a browser: {endpoint}{path}")
            return None
        link = page_link(endpoint, token, path)
    except OSError as error:
        hint = f"stop it with {program()} local down, then start it again"
        raise CommandError(f"no link to the page: {error}", hint=hint) from error
    messages().line("the link works once, within ten minutes, for the browser that opens it:")
    return link


def command_line(command: str, state_dir: Path) -> str:
    """Return a command of `amlrest local` for a state folder, for a shell."""
    is_default = state_dir == _DEFAULT_STATE.expanduser()
    option = "" if is_default else f" --state-dir {shlex.quote(str(state_dir))}"
    return f"{program()} local {command}{option}"


def use_in_shell(state_dir: Path) -> str:
    """Return the shell line that exports the variables of a local workspace."""
    return f'eval "$({command_line("env", state_dir)})"'
