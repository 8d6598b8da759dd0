"""Manage the deployments of online endpoints."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli.click_classes import Argument, Group, Name
from amlrest.cli.deployment_commands import ENDPOINT, add_commands, facts
from amlrest.cli.operation_progress import shown, wait_options
from amlrest.cli.session import Session, pass_session

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

command = Group(
    "online-deployment",
    help=__doc__,
    example="amlrest online-deployment list iris",
    resource="OnlineDeployment",
    collection="online_deployments",
    schema="managedOnlineDeployment",
)

add_commands(command, _COLUMNS)


@command.command(example="amlrest online-deployment scale iris blue 3")
@ENDPOINT
@click.argument("name", cls=Name)
@click.argument(
    "instances",
    cls=Argument,
    as_option=("--instance-count", "-i"),
    type=click.IntRange(min=0),
)
@wait_options
@pass_session
def scale(
    session: Session, *, endpoint_name: str, name: str, instances: int, timeout: float | None
) -> None:
    """Set a fixed number of instances."""
    with session.connect() as workspace:
        with shown(f"scaling of deployment {name}", session.again):
            scaled = workspace.online_deployments.scale(
                endpoint_name, name, instances, timeout=timeout
            )
        session.show(scaled, facts(_COLUMNS))


@command.command(example="amlrest online-deployment logs iris blue --tail 20")
@ENDPOINT
@click.argument("name", cls=Name)
@click.option(
    "--tail",
    "--lines",
    "-l",
    type=click.IntRange(min=1),
    metavar="LINES",
    help="Only the last lines.",
)
@click.option(
    "--container",
    "-c",
    type=click.Choice(["InferenceServer", "StorageInitializer"], case_sensitive=False),
    default="InferenceServer",
    show_default=True,
    help="Container.",
)
@pass_session
def logs(
    session: Session, *, endpoint_name: str, name: str, tail: int | None, container: str
) -> None:
    """Print the log of a deployment."""
    with session.connect() as workspace:
        text = workspace.online_deployments.logs(
            endpoint_name, name, container=container, tail=tail
        )
    if session.is_data:
        session.put({"content": text})
    else:
        sys.stdout.write(text if text.endswith("\n") or not text else f"{text}\n")
