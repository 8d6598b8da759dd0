"""`amlrest compute`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from amlrest.cli import render
from amlrest.cli.commands import Group
from amlrest.cli.screen import messages
from amlrest.cli.session import Session, confirm, pass_session

if TYPE_CHECKING:
    from amlrest.cli.session import Columns

_COLUMNS: Columns = {
    "NAME": lambda compute: compute.name,
    "TYPE": lambda compute: compute.raw.get("properties", {}).get("computeType"),
    "SIZE": lambda compute: getattr(compute, "size", None),
    "MIN": lambda compute: getattr(compute, "min_instances", None),
    "MAX": lambda compute: getattr(compute, "max_instances", None),
    "STATUS": lambda compute: compute.status,
}
_FACTS: Columns = _COLUMNS | {
    "NODES NOW": lambda compute: getattr(compute, "current_instances", None),
    "LOCATION": lambda compute: compute.location,
    "CREATED": lambda compute: render.moment(compute.created_at),
    "ID": lambda compute: compute.id,
}


@click.group(cls=Group, example="amlrest compute list")
def command() -> None:
    """See and manage compute targets."""


@command.command("list", example="amlrest compute list -o json | jq -r '.[].name'")
@pass_session
def list_(session: Session) -> None:
    """List the compute targets of the workspace."""
    with session.connect() as workspace:
        session.show_list(workspace.computes.list(), _COLUMNS)


@command.command(example="amlrest compute show cpu-cluster")
@click.argument("name")
@pass_session
def show(session: Session, name: str) -> None:
    """Show one compute target."""
    with session.connect() as workspace:
        session.show(workspace.computes.get(name), _FACTS)


@command.command(example="amlrest compute create cpu-cluster --size STANDARD_DS3_V2 --max 4")
@click.argument("name")
@click.option("--size", required=True, help="VM size, such as STANDARD_DS3_V2.")
@click.option("--min", "least", default=0, show_default=True, help="Nodes kept when idle.")
@click.option("--max", "most", default=1, show_default=True, help="Most nodes.")
@click.option("--low-priority", is_flag=True, help="Cheaper nodes that may be taken away.")
@pass_session
def create(
    session: Session, *, name: str, size: str, least: int, most: int, low_priority: bool
) -> None:
    """Create a cluster, or change one, and wait until it is ready."""
    from amlrest import AmlCompute

    wanted = AmlCompute(
        name=name,
        size=size,
        min_instances=least,
        max_instances=most,
        priority="low_priority" if low_priority else None,
    )
    with session.connect() as workspace:
        session.show(workspace.computes.create_or_update(wanted), _FACTS)


@command.command(example="amlrest compute delete cpu-cluster --yes")
@click.argument("name")
@click.option("--detach", is_flag=True, help="Leave the Azure resource behind it alone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_session
def delete(session: Session, name: str, detach: bool, yes: bool) -> None:
    """Delete a compute target and wait until it is gone."""
    confirm(f"Delete compute {name}?", yes)
    with session.connect() as workspace:
        workspace.computes.delete(name, detach=detach)
    messages().line(f"compute {name} deleted")


@command.command(example="amlrest compute start my-instance")
@click.argument("name")
@pass_session
def start(session: Session, name: str) -> None:
    """Start a compute instance and wait until it runs."""
    with session.connect() as workspace:
        workspace.computes.start(name)
    messages().line(f"compute {name} started")


@command.command(example="amlrest compute stop my-instance")
@click.argument("name")
@pass_session
def stop(session: Session, name: str) -> None:
    """Stop a compute instance and wait until it has stopped."""
    with session.connect() as workspace:
        workspace.computes.stop(name)
    messages().line(f"compute {name} stopped")
