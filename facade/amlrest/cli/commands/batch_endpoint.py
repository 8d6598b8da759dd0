"""Manage batch endpoints."""

from __future__ import annotations

from amlrest.cli.click_classes import Group
from amlrest.cli.endpoint_commands import add_commands

command = Group(
    "batch-endpoint",
    help=__doc__,
    example="amlrest batch-endpoint create endpoint.yml",
    resource="BatchEndpoint",
    collection="batch_endpoints",
    schema="batchEndpoint",
)

add_commands(command)
