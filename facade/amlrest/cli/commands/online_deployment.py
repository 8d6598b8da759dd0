"""`amlrest online-deployment`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import deployment_columns, deployment_commands, operation_progress
from amlrest.cli.click_classes import Group
from amlrest.cli.session import Session, pass_session, print_json

if TYPE_CHECKING:
    from amlrest.cli.session import Columns


def _kind(deployment: Any) -> str | None:
    found = deployment.raw.get("properties", {}).get("endpointComputeType")
    return None if found is None else str(found)


def _instances(deployment: Any) -> str | None:
    scale = deployment.scale_settings
    fixed = getattr(scale, "instance_count", None)
    if fixed is not None:
        return str(fixed)
    bounds = [getattr(scale, name, None) for name in ("min_instances", "max_instances")]
    return "-".join(str(each) for each in bounds) if None not in bounds else None


_COLUMNS: Columns = {
    "NAME": lambda deployment: deployment.name,
    "TYPE": _kind,
    "SIZE": lambda deployment: getattr(deployment, "instance_type", None),
    "INSTANCES": _instances,
    "STATUS": lambda deployment: deployment.provisioning_state,
}


@click.group("online-deployment", cls=Group, example="amlrest online-deployment list iris")
def command() -> None:
    """See and manage what answers behind online endpoints."""


deployment_commands.add_commands(command, "online", _COLUMNS)


@command.command(example="amlrest online-deployment scale iris blue 3")
@deployment_columns.ENDPOINT
@click.argument("name")
@click.argument("instances", type=click.IntRange(min=0))
@operation_progress.TIMEOUT
@pass_session
def scale(
    session: Session, *, of_endpoint: str, name: str, instances: int, timeout: float | None
) -> None:
    """Give a deployment a fixed number of instances and wait until it has them."""
    with session.connect() as workspace:
        with operation_progress.shown(f"deployment {name}", session.again):
            scaled = workspace.online_deployments.scale(
                of_endpoint, name, instances, timeout=timeout
            )
        session.show(scaled, deployment_commands.facts(_COLUMNS))


@command.command(example="amlrest online-deployment logs iris blue --tail 20")
@deployment_columns.ENDPOINT
@click.argument("name")
@click.option("--tail", type=click.IntRange(min=1), metavar="LINES", help="Only the last ones.")
@click.option(
    "--container",
    type=click.Choice(["InferenceServer", "StorageInitializer"], case_sensitive=False),
    default="InferenceServer",
    show_default=True,
    help="Whose log.",
)
@pass_session
def logs(
    session: Session, *, of_endpoint: str, name: str, tail: int | None, container: str
) -> None:
    """Print the log of a deployment."""
    with session.connect() as workspace:
        text = workspace.online_deployments.logs(of_endpoint, name, container=container, tail=tail)
    if session.as_json:
        print_json({"content": text})
    else:
        sys.stdout.write(text if text.endswith("\n") or not text else f"{text}\n")
