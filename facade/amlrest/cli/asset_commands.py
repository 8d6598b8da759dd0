"""The commands that nouns with versions share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from amlrest.cli import asset_columns, yaml_option
from amlrest.cli.screen import messages
from amlrest.cli.session import YES, Session, confirm, pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest.cli.click_classes import Group
    from amlrest.cli.session import Columns


def add_list_and_show(
    group: Group, noun: str, attribute: str, sample: str, facts: Columns = asset_columns.FACTS
) -> None:
    """Give a group the commands `list` and `show`.

    Args:
        group: the noun's commands.
        noun: how to call several of them in help.
        attribute: where a workspace has them.
        sample: a name for the examples.
        facts: what `show` prints.
    """

    @group.command(
        "list",
        help=f"List {noun}, or the versions of one.",
        example=f"amlrest {group.name} list {sample}",
    )
    @click.argument("name", required=False)
    @pass_session
    def list_(session: Session, name: str | None) -> None:
        with session.connect() as workspace:
            registered = getattr(workspace, attribute)
            if name:
                session.show_list(registered.versions(name), asset_columns.VERSIONS)
            else:
                session.show_list(registered.list(), asset_columns.NAMES)

    @group.command(
        help="Show one version; the newest when none is named.",
        example=f"amlrest {group.name} show {sample}",
    )
    @click.argument("reference", metavar="NAME[:VERSION]")
    @pass_session
    def show(session: Session, reference: str) -> None:
        with session.connect() as workspace:
            session.show(getattr(workspace, attribute).get(reference), facts)


def add_delete(group: Group, noun: str, attribute: str, sample: str) -> None:
    """Give a group the command `delete`.

    Args:
        group: the noun's commands.
        noun: how to call one of them in help.
        attribute: where a workspace has them.
        sample: a name for the example.
    """

    @group.command(
        help=f"Delete one version of {noun}, or all of it; uploaded files stay in the datastore.",
        example=f"amlrest {group.name} delete {sample}:1 --yes",
    )
    @click.argument("reference", metavar="NAME[:VERSION]")
    @YES
    @pass_session
    def delete(session: Session, reference: str, yes: bool) -> None:
        _, _, version = reference.removeprefix("azureml:").partition(":")
        versions = "" if version else " with all its versions"
        confirm(f"Delete {group.name} {reference}{versions}?", yes)
        with session.connect() as workspace:
            getattr(workspace, attribute).delete(reference)
        messages().line(f"{group.name} {reference} deleted")


def add_create_from_path(
    group: Group, noun: str, attribute: str, resource: str, sample: str
) -> None:
    """Give a group the command `create NAME PATH`.

    Args:
        group: the noun's commands.
        noun: how to call one of them in help.
        attribute: where a workspace has them.
        resource: the class of amlrest that describes one.
        sample: name and path for the example.
    """

    @group.command(
        help=f"Register {noun}: a local file or folder is uploaded, a URL is referred to.",
        example=(
            f"amlrest {group.name} create {sample}\n"
            f"amlrest {group.name} create --file {group.name}.yml"
        ),
    )
    @click.argument("name", required=False)
    @click.argument("path", required=False)
    @click.option(
        "--datastore", help="PATH is in this datastore; without it, a file, folder or URL."
    )
    @click.option("--version", help="From the content when not given.")
    @click.option("--description", help="Free text.")
    @click.option("--tag", "tags", multiple=True, metavar="KEY=VALUE", callback=asset_columns.tags)
    @yaml_option.OPTION
    @pass_session
    def create(session: Session, /, file: Path | None, **given: str | None) -> None:
        yaml_option.require(file, NAME=given["name"], PATH=given["path"])
        wanted = yaml_option.described(file, str(group.name), resource, **given)
        with session.connect() as workspace:
            created = getattr(workspace, attribute).create(wanted)
            session.show_created(created, asset_columns.FACTS)
