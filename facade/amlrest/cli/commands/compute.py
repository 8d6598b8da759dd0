"""Manage compute targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render, yaml_option
from amlrest.cli.click_classes import Group, Name
from amlrest.cli.operation_progress import shown, wait_options
from amlrest.cli.program import program
from amlrest.cli.resource_commands import add_delete, add_list, add_show
from amlrest.cli.screen import messages
from amlrest.cli.session import Session, pass_session

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
    collection="computes",
    resource="Compute",
    default="AmlCompute",
    reader="create --file",
)


add_list(command, "List compute targets.", _COLUMNS, "-o json | jq -r '.[].name'")
add_show(command, "Show a compute target.", _FACTS, "cpu-cluster")
add_delete(
    command,
    "Delete a compute target.",
    "cpu-cluster",
    click.option("--detach", is_flag=True, help="Keep the underlying Azure resource."),
    wait_options,
)


@command.command(
    example=(
        "amlrest compute create cpu-cluster --size STANDARD_DS3_V2 --max 4\n"
        "amlrest compute create --file compute.yml"
    )
)
@click.argument("name", cls=Name, required=False)
@click.option(
    "--type",
    "-t",
    "kind",
    type=click.Choice(["AmlCompute", "ComputeInstance"], case_sensitive=False),
    help="Type.  [default: AmlCompute]",
)
@click.option("--size", help="VM size, such as STANDARD_DS3_V2.")
@click.option(
    "--min",
    "--min-instances",
    "min_instances",
    type=_NODES,
    metavar="NODES",
    help="Minimum nodes.  [default: 0]",
)
@click.option(
    "--max",
    "--max-instances",
    "max_instances",
    type=_NODES,
    metavar="NODES",
    help="Maximum nodes.  [default: 1]",
)
@click.option(
    "--low-priority",
    "priority",
    flag_value="low_priority",
    help="Cheaper nodes that can be preempted.",
)
@click.option(
    "--tier",
    type=click.Choice(["dedicated", "low_priority"], case_sensitive=False),
    help="The same, as az ml has it.",
)
@yaml_option.option
@wait_options
@pass_session
def create(
    session: Session,
    /,
    *,
    file: Path | None,
    kind: str | None,
    tier: str | None,
    timeout: float | None,
    **options: Any,
) -> None:
    """Create or update a cluster or an instance.

    With --file, the compute target can be of any type.
    """
    yaml_option.require(file, NAME=options["name"], **{"--size": options["size"]})
    options["priority"] = tier or options["priority"]
    if file is None:
        given = {name: value for name, value in options.items() if value is not None}
        options = _settings(kind, given)
    wanted = yaml_option.load_or_create(file, command, kind, **options)
    with session.connect() as workspace:
        with shown(f"update of compute {wanted.name}", session.again):
            created = workspace.computes.create_or_update(wanted, timeout=timeout)
        session.show(created, _FACTS)


def _settings(kind: str | None, given: dict[str, Any]) -> dict[str, Any]:
    """Return the settings that options describe, with defaults."""
    if kind != "ComputeInstance":
        return {"min_instances": 0, "max_instances": 1} | given
    if {*given} - {"name", "size"}:
        raise click.UsageError("a compute instance has no --min, --max, --tier or --low-priority.")
    return given


@command.command(example="amlrest compute scale cpu-cluster --min 0 --max 8 --idle 300")
@click.argument("name", cls=Name)
@click.option(
    "--min", "--min-instances", "min_instances", type=_NODES, metavar="NODES", help="Minimum nodes."
)
@click.option(
    "--max", "--max-instances", "max_instances", type=_NODES, metavar="NODES", help="Maximum nodes."
)
@click.option(
    "--idle",
    "--idle-time-before-scale-down",
    "idle_time_before_scale_down",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Seconds a node is idle before removal.",
)
@wait_options
@pass_session
def scale(session: Session, /, *, name: str, timeout: float | None, **settings: Any) -> None:
    """Change the number of nodes of a cluster.

    Settings that are not given do not change.
    """
    if all(value is None for value in settings.values()):
        raise click.UsageError("Nothing to change: use --min, --max or --idle.")
    with session.connect() as workspace:
        with shown(f"scaling of compute {name}", session.again):
            scaled = workspace.computes.scale(name, timeout=timeout, **settings)
        session.show(scaled, _FACTS)


@command.command(example="amlrest compute nodes cpu-cluster")
@click.argument("name", cls=Name)
@pass_session
def nodes(session: Session, name: str) -> None:
    """List the current nodes of a cluster."""
    with session.connect() as workspace:
        session.show_list(workspace.computes.nodes(name), _NODE_COLUMNS)


def _add_operation(verb: str, participle: str) -> None:
    """Add a command that waits until an instance is ``started`` or ``stopped``."""

    @command.command(
        verb,
        help=f"{verb.capitalize()} a compute instance.",
        example=f"amlrest compute {verb} my-instance",
        without=("output",),
    )
    @click.argument("name", cls=Name)
    @wait_options
    @pass_session
    def operate(session: Session, /, name: str, timeout: float | None) -> None:
        with session.connect() as workspace, shown(f"{verb} of compute {name}", session.again):
            getattr(workspace.computes, verb)(name, timeout=timeout)
        messages().line(f"compute {name} {participle}")


_add_operation("start", "started")
_add_operation("stop", "stopped")


@command.command(example="amlrest compute restart my-instance", without=("output",))
@click.argument("name", cls=Name)
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
