"""Manage compute targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from amlrest.cli import render, yaml_option
from amlrest.cli.click_classes import Group
from amlrest.cli.operation_progress import TIMEOUT, shown
from amlrest.cli.program import program
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

command = Group(
    "compute",
    help=__doc__,
    example="amlrest compute list",
    resources=("AmlCompute", "Compute", "ComputeInstance"),
    reader="create --file",
)


@command.command("list", example="amlrest compute list -o json | jq -r '.[].name'")
@pass_session
def list_(session: Session) -> None:
    """List compute targets."""
    with session.connect() as workspace:
        session.show_list(workspace.computes.list(), _COLUMNS)


@command.command(example="amlrest compute show cpu-cluster")
@click.argument("name")
@pass_session
def show(session: Session, name: str) -> None:
    """Show a compute target."""
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
@click.option("--min", "least", type=_NODES, metavar="NODES", help="Minimum nodes.  [default: 0]")
@click.option("--max", "most", type=_NODES, metavar="NODES", help="Maximum nodes.  [default: 1]")
@click.option("--low-priority", is_flag=True, help="Cheaper nodes that can be preempted.")
@yaml_option.OPTION
@TIMEOUT
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
    """Create or update a cluster.

    With --file, the compute target can be of any type.
    """
    yaml_option.require(file, NAME=name, **{"--size": size})
    if file is None:
        least, most = least or 0, 1 if most is None else most
    wanted = yaml_option.load_or_create(
        file,
        command,
        name=name,
        size=size,
        min_instances=least,
        max_instances=most,
        priority="low_priority" if low_priority else None,
    )
    with session.connect() as workspace:
        with shown(f"update of compute {wanted.name}", session.again):
            created = workspace.computes.create_or_update(wanted, timeout=timeout)
        session.show(created, _FACTS)


@command.command(example="amlrest compute scale cpu-cluster --min 0 --max 8 --idle 300")
@click.argument("name")
@click.option("--min", "least", type=_NODES, metavar="NODES", help="Minimum nodes.")
@click.option("--max", "most", type=_NODES, metavar="NODES", help="Maximum nodes.")
@click.option(
    "--idle",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Seconds a node is idle before removal.",
)
@TIMEOUT
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
    """Change the number of nodes of a cluster.

    Settings that are not given do not change.
    """
    if least is most is idle is None:
        raise click.UsageError("Nothing to change: use --min, --max or --idle.")
    with session.connect() as workspace:
        with shown(f"scaling of compute {name}", session.again):
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
    """List the current nodes of a cluster."""
    with session.connect() as workspace:
        session.show_list(workspace.computes.nodes(name), _NODE_COLUMNS)


@command.command(example="amlrest compute delete cpu-cluster --yes")
@click.argument("name")
@click.option("--detach", is_flag=True, help="Keep the underlying Azure resource.")
@YES
@TIMEOUT
@pass_session
def delete(session: Session, *, name: str, detach: bool, yes: bool, timeout: float | None) -> None:
    """Delete a compute target."""
    confirm(f"Delete compute {name}?", yes)
    with session.connect() as workspace, shown(f"deletion of compute {name}", session.again):
        workspace.computes.delete(name, detach=detach, timeout=timeout)
    messages().line(f"compute {name} deleted")


@command.command(example="amlrest compute start my-instance")
@click.argument("name")
@TIMEOUT
@pass_session
def start(session: Session, name: str, timeout: float | None) -> None:
    """Start a compute instance."""
    with session.connect() as workspace, shown(f"start of compute {name}", session.again):
        workspace.computes.start(name, timeout=timeout)
    messages().line(f"compute {name} started")


@command.command(example="amlrest compute stop my-instance")
@click.argument("name")
@TIMEOUT
@pass_session
def stop(session: Session, name: str, timeout: float | None) -> None:
    """Stop a compute instance."""
    with session.connect() as workspace, shown(f"stop of compute {name}", session.again):
        workspace.computes.stop(name, timeout=timeout)
    messages().line(f"compute {name} stopped")


@command.command(example="amlrest compute restart my-instance")
@click.argument("name")
@pass_session
def restart(session: Session, name: str) -> None:
    """Restart a compute instance.

    The command does not wait for the restart to finish.
    """
    with session.connect() as workspace:
        workspace.computes.restart(name)
    messages().line(
        f"restart of compute {name} requested; check with: {program()} compute show {name}"
    )
