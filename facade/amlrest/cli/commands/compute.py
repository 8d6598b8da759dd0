"""`amlrest compute`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from amlrest.cli import operation_progress, render, yaml_option
from amlrest.cli.click_classes import Group
from amlrest.cli.screen import messages
from amlrest.cli.session import YES, Session, confirm, pass_session

if TYPE_CHECKING:
    from pathlib import Path

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
_NODE_COLUMNS: Columns = {
    "NODE": lambda node: node.node_id,
    "STATE": lambda node: node.state,
    "PRIVATE IP": lambda node: node.private_ip_address,
    "PUBLIC IP": lambda node: node.public_ip_address,
    "PORT": lambda node: node.port,
    "RUN": lambda node: node.run_id,
}
_NODES = click.IntRange(min=0)


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


@command.command(
    example=(
        "amlrest compute create cpu-cluster --size STANDARD_DS3_V2 --max 4\n"
        "amlrest compute create --file compute.yml"
    )
)
@click.argument("name", required=False)
@click.option("--size", help="VM size, such as STANDARD_DS3_V2.")
@click.option("--min", "least", type=_NODES, metavar="NODES", help="Kept when idle; 0 at first.")
@click.option("--max", "most", type=_NODES, metavar="NODES", help="At most; 1 at first.")
@click.option("--low-priority", is_flag=True, help="Cheaper nodes that may be taken away.")
@yaml_option.OPTION
@operation_progress.TIMEOUT
@pass_session
def create(
    session: Session,
    *,
    name: str | None,
    size: str | None,
    least: int | None,
    most: int | None,
    low_priority: bool,
    file: Path | None,
    timeout: float | None,
) -> None:
    """Create a cluster, or change one, and wait until it is ready.

    With a file it may be any kind of compute.
    """
    yaml_option.require(file, NAME=name, **{"--size": size})
    given = {"name": name, "size": size, "min_instances": least, "max_instances": most}
    if file is None:
        given |= {"min_instances": least or 0, "max_instances": 1 if most is None else most}
    given["priority"] = "low_priority" if low_priority else None
    wanted = yaml_option.described(file, "compute", "AmlCompute", **given)
    with session.connect() as workspace:
        with operation_progress.shown(f"compute {wanted.name}", session.again):
            made = workspace.computes.create_or_update(wanted, timeout=timeout)
        session.show(made, _FACTS)


@command.command(example="amlrest compute scale cpu-cluster --min 0 --max 8 --idle 300")
@click.argument("name")
@click.option("--min", "least", type=_NODES, metavar="NODES", help="Kept when idle.")
@click.option("--max", "most", type=_NODES, metavar="NODES", help="At most.")
@click.option(
    "--idle",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="How long a node is idle before it goes.",
)
@operation_progress.TIMEOUT
@pass_session
def scale(
    session: Session,
    *,
    name: str,
    least: int | None,
    most: int | None,
    idle: float | None,
    timeout: float | None,
) -> None:
    """Change the size of a cluster; what is not given stays as it is."""
    if least is most is idle is None:
        raise click.UsageError("Say what to change: --min, --max or --idle.")
    with session.connect() as workspace:
        with operation_progress.shown(f"compute {name}", session.again):
            scaled = workspace.computes.scale(
                name,
                min_instances=least,
                max_instances=most,
                idle_time_before_scale_down=idle,
                timeout=timeout,
            )
        session.show(scaled, _FACTS)


@command.command(example="amlrest compute nodes cpu-cluster")
@click.argument("name")
@pass_session
def nodes(session: Session, name: str) -> None:
    """List the nodes that a cluster has now."""
    with session.connect() as workspace:
        session.show_list(workspace.computes.nodes(name), _NODE_COLUMNS)


@command.command(example="amlrest compute delete cpu-cluster --yes")
@click.argument("name")
@click.option("--detach", is_flag=True, help="Leave the Azure resource behind it alone.")
@YES
@operation_progress.TIMEOUT
@pass_session
def delete(session: Session, *, name: str, detach: bool, yes: bool, timeout: float | None) -> None:
    """Delete a compute target and wait until it is gone."""
    confirm(f"Delete compute {name}?", yes)
    with (
        session.connect() as workspace,
        operation_progress.shown(f"the end of {name}", session.again),
    ):
        workspace.computes.delete(name, detach=detach, timeout=timeout)
    messages().line(f"compute {name} deleted")


@command.command(example="amlrest compute start my-instance")
@click.argument("name")
@operation_progress.TIMEOUT
@pass_session
def start(session: Session, name: str, timeout: float | None) -> None:
    """Start a compute instance and wait until it runs."""
    with (
        session.connect() as workspace,
        operation_progress.shown(f"start of {name}", session.again),
    ):
        workspace.computes.start(name, timeout=timeout)
    messages().line(f"compute {name} started")


@command.command(example="amlrest compute stop my-instance")
@click.argument("name")
@operation_progress.TIMEOUT
@pass_session
def stop(session: Session, name: str, timeout: float | None) -> None:
    """Stop a compute instance and wait until it has stopped."""
    with session.connect() as workspace, operation_progress.shown(f"stop of {name}", session.again):
        workspace.computes.stop(name, timeout=timeout)
    messages().line(f"compute {name} stopped")


@command.command(example="amlrest compute restart my-instance")
@click.argument("name")
@pass_session
def restart(session: Session, name: str) -> None:
    """Ask for a compute instance to be restarted; `show` tells when it runs."""
    with session.connect() as workspace:
        workspace.computes.restart(name)
    messages().line(f"asked compute {name} to restart; to see it: amlrest compute show {name}")
