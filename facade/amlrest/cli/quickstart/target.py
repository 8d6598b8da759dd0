"""Target workspace of the quickstart: the given one, or a local one that is started if needed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amlrest.cli import render
from amlrest.cli.errors import CommandError, WaitInterruptedError
from amlrest.cli.local_workspace import Mode, check_settings, find, start, use_in_shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from amlrest_emulator import LocalWorkspace

    from amlrest import Workspace
    from amlrest.cli.screen import Screen
    from amlrest.cli.session import Session


_ENVIRONMENTS = {
    "host": "not built; jobs run with the Python of the local workspace",
    "build": "built by the local workspace",
}


@dataclass
class Target:
    """The workspace that the quickstart runs in.

    Attributes:
        workspace: the workspace.
        state_dir: the state folder of a local one, else None.
        stays: whether it runs on when the command has ended.
    """

    workspace: Workspace
    state_dir: Path | None
    stays: bool = True


@contextmanager
def connect(
    session: Session, state_dir: Path, environments: Mode | None, screen: Screen
) -> Iterator[Target]:
    """Connect to the workspace of ``--endpoint``, or to a local one.

    A local workspace that was started here is stopped at the end unless it is to stay, and not on
    Ctrl-C: its job continues.
    """
    if session.endpoint:
        if environments:
            raise CommandError("--environments is of the local workspace; omit it with --endpoint")
        with session.connect() as workspace:
            screen.line(f"Workspace at {workspace.core.settings.endpoint}")
            yield Target(workspace, None)
        return
    local, started = find(state_dir), False
    if local is None:
        with screen.activity("starting a local workspace"):
            local, started = start(state_dir, detach=True, environments=environments), True
    check_settings(local, environments=environments)
    origin = "started for this run" if started else "already running"
    facts = [
        ("Local workspace", f"{local.endpoint}, {origin}"),
        ("State folder", str(state_dir)),
        ("Environments", _ENVIRONMENTS[local.environments]),
    ]
    screen.lines(render.pairs(facts))
    try:
        with _open(local, session.api_version) as workspace:
            target = Target(workspace, state_dir, stays=not started)
            yield target
        started = not target.stays
    except WaitInterruptedError as error:
        started = False
        error.commands.insert(0, use_in_shell(state_dir))
        raise
    finally:
        if started:
            with screen.activity("stopping the local workspace"):
                local.stop()


def _open(local: LocalWorkspace, api_version: str | None) -> Workspace:
    from amlrest import StaticToken, Workspace

    return Workspace(
        subscription_id=local.subscription_id,
        resource_group=local.resource_group,
        name=local.workspace_name,
        endpoint=local.endpoint,
        credential=StaticToken(local.token),
        api_version=api_version or os.environ.get("AMLREST_API_VERSION"),
    )
