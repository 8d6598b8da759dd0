"""Run a local workspace for development."""

from __future__ import annotations

import os
import shlex
import socket
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn

import click

from amlrest.cli import render
from amlrest.cli.click_classes import Group
from amlrest.cli.errors import CommandError
from amlrest.cli.local_workspace import (
    ANSWERS,
    DEPLOYMENTS,
    ENVIRONMENTS,
    STATE_DIR,
    Answers,
    Deployments,
    Mode,
    check_settings,
    command_line,
    find,
    has_desktop,
    open_page,
    start,
    use_in_shell,
)
from amlrest.cli.program import missing_local_extra, program
from amlrest.cli.screen import Screen, messages
from amlrest.cli.session import CONNECTION, Session, pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest_emulator import LocalWorkspace
    from amlrest_emulator.runner.environments.cache import Cache, Entry

    from amlrest.cli.session import Columns

_DAY = 86_400.0
_MIB = 1024 * 1024
_MLFLOW_PORT = 5000
command = Group(
    "local", help=__doc__, example='amlrest local up --detach\neval "$(amlrest local env)"'
)


@command.command(example="amlrest local up --detach", without=CONNECTION)
@click.option(
    "--port",
    default=0,
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help="Port.  [default: a free one]",
)
@click.option("--detach", is_flag=True, help="Run in the background.")
@click.option("--tls", is_flag=True, help="Serve https as well.")
@ENVIRONMENTS
@ANSWERS
@DEPLOYMENTS
@click.option(
    "--log-limit", type=click.IntRange(min=1), help="MiB that a job's log keeps; first 100."
)
@STATE_DIR
@pass_session
def up(
    session: Session,
    *,
    port: int,
    detach: bool,
    tls: bool,
    environments: Mode | None,
    answers: Answers | None,
    deployments: Deployments | None,
    log_limit: int | None,
    state_dir: Path,
) -> None:
    """Start the local workspace.

    Without --detach, Ctrl-C stops it. With --tls, Microsoft's Python packages work with it.
    """
    running = find(state_dir)
    if running is not None:
        _check_running(running, port, tls=tls)
        check_settings(running, environments=environments, answers=answers, deployments=deployments)
        messages().line("the local workspace is already running")
        _show(session, running)
        return
    started = start(
        state_dir,
        port,
        detach=detach,
        tls=tls,
        environments=environments,
        answers=answers,
        deployments=deployments,
        log_limit=log_limit and log_limit * _MIB,
    )
    _show(session, started)
    if not detach:
        _stay(started)


@command.command(example="amlrest local status", without=CONNECTION)
@STATE_DIR
@pass_session
def status(session: Session, state_dir: Path) -> int:
    """Show whether the local workspace is running.

    The exit status is 1 if it is not running.
    """
    running = find(state_dir)
    if running is None:
        if not session.is_table:
            session.put({"running": False, "state_dir": str(state_dir)})
        messages().line(_not_running(state_dir))
        return 1
    _show(session, running)
    return 0


@command.command(example="amlrest local down", without=(*CONNECTION, "output"))
@STATE_DIR
def down(state_dir: Path) -> None:
    """Stop the local workspace; its state is kept."""
    running = find(state_dir)
    if running is None:
        messages().line(_not_running(state_dir))
        return
    running.stop()
    messages().line(f"stopped; its state is kept in {state_dir}")


@command.command(example='eval "$(amlrest local env)"', without=CONNECTION)
@STATE_DIR
@pass_session
def env(session: Session, state_dir: Path) -> None:
    """Print shell exports for the local workspace.

    They configure this command, the Python library and curl. They contain the token, which is a
    secret.
    """
    values = _running(state_dir).environment()
    if not session.is_table:
        session.put(values)
        return
    lines = [f"export {name}={shlex.quote(value)}" for name, value in values.items()]
    sys.stdout.write("\n".join(lines) + "\n")


@command.command(example="amlrest local ui", without=(*CONNECTION, "output"))
@click.option("--mlflow", is_flag=True, help="Start the MLflow UI, and stay until Ctrl-C.")
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="PORT", help="Port of MLflow.  [default: 5000]"
)
@click.option(
    "--browser/--no-browser", default=None, help="Open a browser.  [default: on a desktop]"
)
@STATE_DIR
def ui(*, mlflow: bool, port: int | None, browser: bool | None, state_dir: Path) -> None:
    """Print a link to the page of the local workspace.

    The link works once: the browser that opens it can use the page, nobody else. The page shows
    jobs, sweeps with their plots, and logs as they grow.

    With --mlflow, the MLflow UI is started for the same runs, behind a link of the same kind. The
    local workspace does not have to be running for it.
    """
    opens = sys.stdout.isatty() and has_desktop() if browser is None else browser
    if mlflow:
        _run_mlflow(port or _MLFLOW_PORT, state_dir, browser=opens)
    if port is not None:
        raise click.UsageError(
            "--port is that of the MLflow UI: add --mlflow. The page is at the port of the local "
            "workspace, which `amlrest local up --port` chooses."
        )
    local = _running(state_dir)
    if link := open_page(local.endpoint, local.token, "/", browser=opens):
        sys.stdout.write(f"{link}\n")


def _run_mlflow(port: int, state_dir: Path, *, browser: bool) -> NoReturn:
    """Become the process of the MLflow UI."""
    from amlrest_emulator.ui import ui_command

    database = state_dir / "mlflow.db"
    if not database.exists():
        raise CommandError(
            f"no runs yet: {database} does not exist",
            hint=f"run a job first, such as: {program()} quickstart",
        )
    _check_free(port)
    _check_tracking(database)
    messages().line("starting the MLflow UI, which takes some seconds")
    command = ui_command(state_dir, port, browser=browser)
    os.execv(sys.executable, command)  # noqa: S606


def _check_tracking(database: Path) -> None:
    """Raise an error for a database that the installed MLflow cannot read."""
    from amlrest_emulator.schemas import UnusableFolderError
    from amlrest_emulator.tracking import migration

    try:
        migration.check(database)
    except ModuleNotFoundError as error:
        raise CommandError("MLflow is not installed", hint=missing_local_extra()) from error
    except UnusableFolderError as error:
        raise CommandError(str(error)) from error


@command.command(example="amlrest local environments", without=CONNECTION)
@STATE_DIR
@pass_session
def environments(session: Session, state_dir: Path) -> None:
    """List the environments that were built.

    The last used one comes first.
    """
    _show_environments(session, _cache(state_dir).entries())


@command.command(example="amlrest local prune --unused-for 30", without=CONNECTION)
@click.option(
    "--unused-for",
    default=0.0,
    metavar="DAYS",
    type=click.FloatRange(min=0),
    help="Keep those used in the last DAYS days.",
)
@STATE_DIR
@pass_session
def prune(session: Session, unused_for: float, state_dir: Path) -> None:
    """Delete environments that were built.

    Those that running jobs use are kept. A job that needs a deleted one builds it again.
    """
    deleted, kept = _cache(state_dir).prune(time.time() - unused_for * _DAY)
    _show_environments(session, deleted)
    freed = render.size(sum(entry.size for entry in deleted))
    messages().line(f"deleted {len(deleted)}, {freed}; {len(kept)} in use")


def _cache(state_dir: Path) -> Cache:
    from amlrest_emulator.files import StateFolder
    from amlrest_emulator.runner.environments.cache import Cache

    return Cache(StateFolder(state_dir).environments)


def _show_environments(session: Session, entries: list[Entry]) -> None:
    columns: Columns = {
        "ENVIRONMENT": lambda entry: entry["name"],
        "ID": lambda entry: entry["id"],
        "SIZE": lambda entry: render.size(entry["size"]),
        "BUILT": lambda entry: _moment(entry["created"]),
        "USED": lambda entry: _moment(entry["used"]),
    }
    session.show_list([_facts(entry) for entry in entries], columns)


def _facts(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "id": entry.digest,
        "python": entry.python,
        "size": entry.size,
        "created": datetime.fromtimestamp(entry.created, UTC).isoformat(),
        "used": datetime.fromtimestamp(entry.used, UTC).isoformat(),
    }


def _moment(text: str) -> str:
    return render.moment(datetime.fromisoformat(text))


def _running(state_dir: Path) -> LocalWorkspace:
    running = find(state_dir)
    if running is None:
        raise CommandError(
            _not_running(state_dir), hint=f"start it: {command_line('up --detach', state_dir)}"
        )
    return running


def _not_running(state_dir: Path) -> str:
    return f"no local workspace is running with the state folder {state_dir}"


def _check_running(running: LocalWorkspace, port: int, *, tls: bool) -> None:
    """Raise an error if it listens on another port, or without TLS although that is wanted."""
    if tls and running.https_endpoint is None:
        raise CommandError(
            f"the local workspace is already running at {running.endpoint}, without TLS",
            hint=f"stop it first: {command_line('down', running.state_dir)}",
        )
    if port and not running.endpoint.endswith(f":{port}"):
        raise CommandError(
            f"the local workspace is already running at {running.endpoint}",
            hint=f"to change its port, stop it first: {command_line('down', running.state_dir)}",
        )


def _check_free(port: int) -> None:
    """Raise an error for a port in use, which MLflow takes seconds to detect."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"MLflow cannot listen on 127.0.0.1:{port}: {error.strerror}",
                hint="choose another port with --port",
            ) from error


def _show(session: Session, local: LocalWorkspace) -> None:
    facts = {
        "endpoint": local.endpoint,
        **({"https_endpoint": local.https_endpoint} if local.https_endpoint else {}),
        "subscription": local.subscription_id,
        "resource_group": local.resource_group,
        "workspace": local.workspace_name,
        "state_dir": str(local.state_dir),
        "environments": local.environments,
        "answers": local.answers,
        "deployments": local.deployments,
    }
    if not session.is_table:
        session.put({"running": True} | facts)
        return
    Screen(sys.stdout).lines(render.pairs(facts.items()))
    if local.environments == "host":
        messages().line(
            f"environments are not built: jobs run with {sys.executable}; "
            "--environments build changes that"
        )
    messages().line(f"to use it: {use_in_shell(local.state_dir)}")
    messages().line(f"to see its jobs in a browser: {command_line('ui', local.state_dir)}")


def _stay(local: LocalWorkspace) -> None:
    messages().line("Ctrl-C stops it")
    try:
        local.wait()
    except KeyboardInterrupt:
        messages().line("stopping")
    finally:
        local.stop()
