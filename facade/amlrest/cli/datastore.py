"""`amlrest datastore`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render
from amlrest.cli.commands import Group
from amlrest.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest.cli.session import Columns


def _kind(datastore: Any) -> str:
    contents = datastore.raw.get("properties", {}).get("contents", {})
    return str(contents.get("contentsType") or "")


_COLUMNS: Columns = {
    "NAME": lambda store: store.name,
    "TYPE": _kind,
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


@click.group(cls=Group, example="amlrest datastore list")
def command() -> None:
    """See the storage that the workspace knows."""


@command.command("list", example="amlrest datastore list")
@pass_session
def list_(session: Session) -> None:
    """List the datastores."""
    with session.connect() as workspace:
        session.show_list(workspace.datastores.list(), _COLUMNS)


@command.command(example="amlrest datastore show workspaceblobstore")
@click.argument("name")
@pass_session
def show(session: Session, name: str) -> None:
    """Show one datastore, without its secrets."""
    with session.connect() as workspace:
        session.show(workspace.datastores.get(name), _FACTS)


@command.command(example="amlrest datastore default")
@pass_session
def default(session: Session) -> None:
    """Show the datastore that uploads go to."""
    with session.connect() as workspace:
        session.show(workspace.datastores.get_default(), _FACTS)


@command.command(example="amlrest datastore secrets workspaceblobstore --show-secrets -o json")
@click.argument("name")
@click.option("--show-secrets", is_flag=True, help="Print the values, not only their names.")
@pass_session
def secrets(session: Session, name: str, show_secrets: bool) -> None:
    """Show which secrets a datastore has; their values only with --show-secrets."""
    with session.connect() as workspace:
        found = workspace.datastores.raw_secrets(name)
    shown = found if show_secrets else {key: _hidden(key, found[key]) for key in found}
    session.show(shown, {key: _pick(key) for key in shown})


def _hidden(key: str, value: Any) -> Any:
    return value if key == "secretsType" else "(hidden)"


def _pick(key: str) -> Callable[[Any], Any]:
    return lambda values: values[key]
