"""Manage datastores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render, yaml_option
from amlrest.cli.click_classes import Group, Name
from amlrest.cli.resource_commands import add_delete, add_list, add_show
from amlrest.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from amlrest.cli.session import Columns


_COLUMNS: Columns = {
    "NAME": lambda store: store.name,
    "TYPE": lambda store: store.type,
    "ACCOUNT": lambda store: getattr(store, "account_name", None),
    "CONTAINER": lambda store: getattr(store, "container_name", None),
    "DEFAULT": lambda store: "yes" if store.is_default else None,
}
_FACTS: Columns = _COLUMNS | {
    "ENDPOINT": lambda store: getattr(store, "endpoint", None),
    "PROTOCOL": lambda store: getattr(store, "protocol", None),
    "CREATED": lambda store: render.moment(store.created_at),
    "ID": lambda store: store.id,
}

command = Group(
    "datastore",
    help=__doc__,
    example="amlrest datastore list",
    collection="datastores",
    resource="Datastore",
)


add_list(command, "List datastores.", _COLUMNS)
add_show(command, "Show a datastore, without its secrets.", _FACTS, "workspaceblobstore")
add_delete(command, "Remove a datastore from the workspace; keep its files.", "training")


@command.command(example="amlrest datastore default")
@pass_session
def default(session: Session) -> None:
    """Show the default datastore, which uploads use."""
    with session.connect() as workspace:
        session.show(workspace.datastores.get_default(), _FACTS)


@command.command(example="amlrest datastore create datastore.yml")
@yaml_option.file_argument
@click.option("--skip-validation", is_flag=True, help="Do not validate the credentials.")
@pass_session
def create(session: Session, file: Path, skip_validation: bool) -> None:
    """Create or update a datastore from a YAML file.

    The file is one of az ml, or of the CLI 2.0 preview of 2021. Credentials are read from the file,
    never from the command line, where other users of the machine could see them. No secret is
    printed.
    """
    wanted = yaml_option.load(file, command)
    with session.connect() as workspace:
        created = workspace.datastores.create_or_update(
            wanted, skip_validation=skip_validation or None
        )
        session.show(created, _FACTS)


@command.command(example="amlrest datastore secrets workspaceblobstore --show-secrets -o json")
@click.argument("name", cls=Name)
@click.option("--show-secrets", is_flag=True, help="Print values as well as names.")
@pass_session
def secrets(session: Session, name: str, show_secrets: bool) -> None:
    """List the secrets of a datastore; values are hidden.

    With --show-secrets, their values are printed too.
    """
    with session.connect() as workspace:
        found = workspace.datastores.raw_secrets(name)
    shown = found if show_secrets else {key: _hidden(key, found[key]) for key in found}
    session.show(shown, {key: _pick(key) for key in shown})


def _hidden(key: str, value: Any) -> Any:
    return value if key == "secretsType" else "(hidden)"


def _pick(key: str) -> Callable[[Any], Any]:
    return lambda values: values[key]
