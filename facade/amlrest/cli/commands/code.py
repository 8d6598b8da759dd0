"""Manage code assets."""

from __future__ import annotations

import click

from amlrest.cli.asset_commands import FACTS, add_list_show_delete
from amlrest.cli.click_classes import Group
from amlrest.cli.session import Session, pass_session
from amlrest.cli.transfer_progress import uploading

command = Group("code", help=__doc__, example="amlrest code upload src", collection="codes")

add_list_show_delete(command, ("a code asset", "code assets"), "training")


@command.command(example="amlrest code upload src --name training")
@click.argument("folder", type=click.Path(exists=True))
@click.option("--name", help="Name.  [default: derived from the folder]")
@click.option("--datastore", help="Datastore.  [default: the workspace's]")
@pass_session
def upload(session: Session, folder: str, name: str | None, datastore: str | None) -> None:
    """Upload a folder and register it as a code asset.

    Content that already exists is not uploaded again. Files that match .amlignore, or .gitignore
    without it, are left out.
    """
    from pathlib import Path

    from amlrest import Code

    with session.connect() as workspace:
        code = Code(name=name, path=Path(folder))
        if datastore:
            code.datastore = datastore
        with uploading() as on_progress:
            made = workspace.codes.create(code, on_progress=on_progress)
        session.show_created(made, FACTS)
