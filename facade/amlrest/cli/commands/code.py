"""`amlrest code`."""

from __future__ import annotations

import click

from amlrest.cli import asset_columns, asset_commands
from amlrest.cli.click_classes import Group
from amlrest.cli.session import Session, pass_session


@click.group("code", cls=Group, example="amlrest code upload src")
def command() -> None:
    """See and upload code folders."""


asset_commands.add_list_and_show(command, "code", "codes", "training")
asset_commands.add_delete(command, "code", "codes", "training")


@command.command(example="amlrest code upload src --name training")
@click.argument("folder", type=click.Path(exists=True))
@click.option("--name", help="From the folder when not given.")
@click.option("--datastore", help="The default datastore when not given.")
@pass_session
def upload(session: Session, folder: str, name: str | None, datastore: str | None) -> None:
    """Upload a folder and register it; what is there already is not sent again.

    A .amlignore file, else .gitignore, says what to leave out.
    """
    from pathlib import Path

    from amlrest import Code

    with session.connect() as workspace:
        code = Code(name=name, path=Path(folder))
        if datastore:
            code.datastore = datastore
        session.show_created(workspace.codes.create(code), asset_columns.FACTS)
