"""Where the quickstart runs: a local workspace, attached to or started, or a given one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from amlrest.cli import render
from amlrest.cli.commands.local import how_to_use, start
from amlrest.cli.errors import WaitInterruptedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from amlrest_emulator import LocalWorkspace

    from amlrest import Workspace
    from amlrest.cli.screen import Screen
    from amlrest.cli.session import Session


class Place(NamedTuple):
    """A workspace to work in.

    Attributes:
        workspace: the workspace.
        state_dir: the state folder of a local one, else None.
    """

    workspace: Workspace
    state_dir: Path | None


@contextmanager
def opened(session: Session, state_dir: Path, screen: Screen) -> Iterator[Place]:
    """Open the workspace that was asked for, the local one when none was.

    A local workspace that was started for this is stopped at the end, but not on Ctrl-C: its
    job goes on.
    """
    if session.endpoint:
        with session.connect() as workspace:
            screen.line(f"Workspace at {workspace.core.settings.endpoint}")
            yield Place(workspace, None)
        return
    local, started = _local(state_dir)
    origin = "started for this run" if started else "running already"
    facts = [("Local workspace", f"{local.endpoint}, {origin}"), ("State", str(state_dir))]
    screen.lines(render.pairs(facts))
    keep = not started
    try:
        with _connect(local) as workspace:
            yield Place(workspace, state_dir)
    except WaitInterruptedError as error:
        keep = True
        error.commands.insert(0, how_to_use(state_dir))
        raise
    finally:
        if not keep:
            local.stop()


def _local(state_dir: Path) -> tuple[LocalWorkspace, bool]:
    import amlrest_emulator

    running = amlrest_emulator.find(state_dir)
    if running is not None:
        return running, False
    return start(state_dir, detach=True), True


def _connect(local: LocalWorkspace) -> Workspace:
    from amlrest import StaticToken, Workspace

    return Workspace(
        subscription_id=local.subscription_id,
        resource_group=local.resource_group,
        name=local.workspace_name,
        endpoint=local.endpoint,
        credential=StaticToken(local.token),
    )
