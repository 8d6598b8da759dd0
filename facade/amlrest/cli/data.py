"""`amlrest data`."""

from __future__ import annotations

import click

from amlrest.cli import assets
from amlrest.cli.commands import Group
from amlrest.cli.session import Session, pass_session


@click.group(cls=Group, example="amlrest data list")
def command() -> None:
    """See and register data assets."""


@command.command("list", example="amlrest data list iris")
@click.argument("name", required=False)
@pass_session
def list_(session: Session, name: str | None) -> None:
    """List data assets, or the versions of one."""
    with session.connect() as workspace:
        if name:
            session.show_list(workspace.data.versions(name), assets.VERSIONS)
        else:
            session.show_list(workspace.data.list(), assets.NAMES)


@command.command(example="amlrest data show iris")
@click.argument("reference", metavar="NAME[:VERSION]")
@pass_session
def show(session: Session, reference: str) -> None:
    """Show one version; the newest when none is named."""
    with session.connect() as workspace:
        session.show(workspace.data.get(reference), assets.FACTS)


@command.command(example="amlrest data create iris iris.csv")
@click.argument("name")
@click.argument("path")
@click.option("--datastore", help="PATH is in this datastore; without it, a file, folder or URL.")
@click.option("--version", help="From the content when not given.")
@click.option("--description", help="Free text.")
@click.option("--tag", "tags", multiple=True, metavar="KEY=VALUE", callback=assets.tags)
@pass_session
def create(
    session: Session,
    *,
    name: str,
    path: str,
    datastore: str | None,
    version: str | None,
    description: str | None,
    tags: dict[str, str] | None,
) -> None:
    """Register data: a local file or folder is uploaded, a URL is referred to."""
    from amlrest import DataAsset

    wanted = DataAsset(
        name=name,
        path=path,
        datastore=datastore,
        version=version,
        description=description,
        tags=tags,
    )
    with session.connect() as workspace:
        session.show_created(workspace.data.create(wanted), assets.FACTS)
