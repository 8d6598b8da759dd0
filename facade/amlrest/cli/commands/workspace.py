"""List and show workspaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from amlrest.cli import render
from amlrest.cli.click_classes import Group, Name
from amlrest.cli.resource_commands import add_list
from amlrest.cli.session import Session, pass_session

if TYPE_CHECKING:
    from amlrest.cli.session import Columns

_COLUMNS: Columns = {
    "NAME": lambda workspace: workspace.name,
    "LOCATION": lambda workspace: workspace.location,
    "STATUS": lambda workspace: workspace.provisioning_state,
    "DESCRIPTION": lambda workspace: workspace.description,
}
_FACTS: Columns = _COLUMNS | {
    "STORAGE": lambda workspace: workspace.storage_account,
    "DISCOVERY": lambda workspace: workspace.discovery_url,
    "CREATED": lambda workspace: render.moment(workspace.created_at),
    "ID": lambda workspace: workspace.id,
}

command = Group(
    "workspace", help=__doc__, example="amlrest workspace show", collection="workspaces"
)

add_list(command, "List the workspaces of the resource group.", _COLUMNS, "-g my-group")


@command.command(example="amlrest workspace show")
@click.argument("name", cls=Name, required=False)
@pass_session
def show(session: Session, name: str | None) -> None:
    """Show a workspace; the configured one by default."""
    with session.connect() as workspace:
        session.show(workspace.workspaces.get(name or workspace.name), _FACTS)
