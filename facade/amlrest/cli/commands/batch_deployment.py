"""`amlrest batch-deployment`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from amlrest.cli import deployment_commands
from amlrest.cli.click_classes import Group

if TYPE_CHECKING:
    from amlrest.cli.session import Columns

_COLUMNS: Columns = {
    "NAME": lambda deployment: deployment.name,
    "COMPUTE": lambda deployment: str(deployment.compute or "").rpartition("/")[2],
    "NODES": lambda deployment: deployment.instance_count,
    "MINI BATCH": lambda deployment: deployment.mini_batch_size,
    "OUTPUT": lambda deployment: deployment.output_action,
    "STATUS": lambda deployment: deployment.provisioning_state,
}


@click.group("batch-deployment", cls=Group, example="amlrest batch-deployment list iris")
def command() -> None:
    """See and manage what runs behind batch endpoints."""


deployment_commands.add_commands(command, "batch", _COLUMNS)
