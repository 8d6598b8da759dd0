"""Manage the deployments of batch endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest.cli.click_classes import Group
from amlrest.cli.deployment_commands import add_commands

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

command = Group(
    "batch-deployment",
    help=__doc__,
    example="amlrest batch-deployment list iris",
    resource="BatchDeployment",
    collection="batch_deployments",
    schema="batchDeployment",
)

add_commands(command, _COLUMNS)
