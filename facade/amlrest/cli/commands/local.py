"""`amlrest local`: the workspace on this machine."""

from __future__ import annotations

import os
import shlex
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render
from amlrest.cli.click_classes import Group
from amlrest.cli.errors import CommandError
from amlrest.cli.screen import Screen, messages
from amlrest.cli.session import Session, pass_session, print_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest_emulator import LocalWorkspace

_DEFAULT_STATE = Path("~/.amlrest/local")
_STATE_VARIABLE = "AMLREST_LOCAL_STATE"


class _Folder(click.Path):
    """A folder, made absolute; an empty name, as of an unset variable, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("it is empty; name a folder", param, ctx)
        path = Path(str(super().convert(value, param, ctx)))
        try:
            return path.expanduser().absolute()
        except RuntimeError:
            self.fail(f"there is no home folder for {path}; name another one", param, ctx)


def state_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option ``--state-dir``."""
    return click.option(
        "--state-dir",
        type=_Folder(file_okay=False),
        envvar=_STATE_VARIABLE,
        default=_DEFAULT_STATE,
        show_default=True,
        help=f"Where everything is kept; also ${_STATE_VARIABLE}.",
    )(function)


@click.group(cls=Group, example='amlrest local up --detach\neval "$(amlrest local env)"')
def command() -> None:
    """Run a workspace on this machine, for development."""


@command.command(example="amlrest local up --detach")
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="A free one by default.")
@click.option("--detach", is_flag=True, help="Return when it answers and leave it running.")
@state_option
@pass_session
def up(session: Session, port: int, detach: bool, state_dir: Path) -> None:
    """Start the local workspace; Ctrl-C ends it unless it was detached."""
    import amlrest_emulator

    running = amlrest_emulator.find(state_dir)
    if running is not None:
        _check_port(running, port)
        messages().line("the local workspace runs already")
        _show(session, running)
        return
    started = start(state_dir, port, detach=detach)
    _show(session, started)
    if not detach:
        _stay(started)


@command.command(example="amlrest local status")
@state_option
@pass_session
def status(session: Session, state_dir: Path) -> int:
    """Say whether it runs and where; exit status 1 when it does not."""
    import amlrest_emulator

    running = amlrest_emulator.find(state_dir)
    if running is None:
        if session.as_json:
            print_json({"running": False, "state_dir": str(state_dir)})
        messages().line(f"no local workspace runs with its state in {state_dir}")
        return 1
    _show(session, running)
    return 0


@command.command(example="amlrest local down")
@state_option
def down(state_dir: Path) -> None:
    """Stop it; what it holds is kept for the next start."""
    import amlrest_emulator

    running = amlrest_emulator.find(state_dir)
    if running is None:
        messages().line(f"no local workspace runs with its state in {state_dir}")
        return
    running.stop()
    messages().line(f"stopped; its state stays in {state_dir}")


@command.command(example='eval "$(amlrest local env)"')
@state_option
@pass_session
def env(session: Session, state_dir: Path) -> None:
    """Print shell exports that point scripts, this command and curl at it.

    The token is among them: let the shell read it, do not paste it anywhere.
    """
    values = _running(state_dir).environment()
    if session.as_json:
        print_json(values)
        return
    lines = [f"export {name}={shlex.quote(value)}" for name, value in values.items()]
    sys.stdout.write("\n".join(lines) + "\n")


@command.command(example="amlrest local ui --port 5000")
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
@state_option
def ui(port: int, state_dir: Path) -> None:
    """Open MLflow's own user interface on the runs; Ctrl-C ends it.

    The workspace need not run for it.
    """
    from amlrest_emulator.tracking.ui import ui_command

    database = state_dir / "mlflow.db"
    if not database.exists():
        raise CommandError(
            f"no runs yet: {database} does not exist",
            hint="run a job first, such as: amlrest quickstart",
        )
    _check_free(port)
    messages().line(f"MLflow shows the runs at http://127.0.0.1:{port}; Ctrl-C ends it")
    os.chdir(state_dir)
    os.execv(sys.executable, ui_command(state_dir, port))  # noqa: S606


def start(state_dir: Path, port: int = 0, *, detach: bool) -> LocalWorkspace:
    """Start a local workspace.

    Raises:
        CommandError: it did not come up.
    """
    import amlrest_emulator

    try:
        return amlrest_emulator.start(state_dir, port, detach=detach)
    except amlrest_emulator.StartError as error:
        raise CommandError(str(error)) from error


def how_to_use(state_dir: Path) -> str:
    """Return the shell line that points a shell at the local workspace of a state folder."""
    return f'eval "$({_call("env", state_dir)})"'


def _call(verb: str, state_dir: Path) -> str:
    is_default = state_dir == _DEFAULT_STATE.expanduser()
    where = "" if is_default else f" --state-dir {shlex.quote(str(state_dir))}"
    return f"amlrest local {verb}{where}"


def _running(state_dir: Path) -> LocalWorkspace:
    import amlrest_emulator

    running = amlrest_emulator.find(state_dir)
    if running is None:
        raise CommandError(
            f"no local workspace runs with its state in {state_dir}",
            hint=f"start one: {_call('up --detach', state_dir)}",
        )
    return running


def _check_port(running: LocalWorkspace, port: int) -> None:
    """Refuse a port other than the one it listens on."""
    if port and not running.endpoint.endswith(f":{port}"):
        raise CommandError(
            f"the local workspace runs already, at {running.endpoint}",
            hint=f"stop it to have it on another port: {_call('down', running.state_dir)}",
        )


def _check_free(port: int) -> None:
    """Refuse a port that something listens on, before MLflow takes seconds to find out."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"MLflow cannot listen on 127.0.0.1:{port}: {error.strerror}",
                hint="name another port with --port",
            ) from error


def _show(session: Session, local: LocalWorkspace) -> None:
    facts = {
        "endpoint": local.endpoint,
        "subscription": local.subscription_id,
        "resource_group": local.resource_group,
        "workspace": local.workspace_name,
        "state_dir": str(local.state_dir),
    }
    if session.as_json:
        print_json({"running": True} | facts)
        return
    Screen(sys.stdout).lines(render.pairs(facts.items()))
    messages().line(f"to use it: {how_to_use(local.state_dir)}")


def _stay(local: LocalWorkspace) -> None:
    messages().line("Ctrl-C stops it")
    try:
        local.wait()
    except KeyboardInterrupt:
        messages().line("stopping")
    finally:
        local.stop()
