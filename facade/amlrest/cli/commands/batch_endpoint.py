"""`amlrest batch-endpoint`."""

from __future__ import annotations

import click

from amlrest.cli import endpoint_commands
from amlrest.cli.click_classes import Group


@click.group("batch-endpoint", cls=Group, example="amlrest batch-endpoint create endpoint.yml")
def command() -> None:
    """See and manage addresses that take whole data sets."""


endpoint_commands.add_commands(command, "batch")
