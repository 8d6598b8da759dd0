"""`amlrest model`."""

from __future__ import annotations

import click

from amlrest.cli import asset_commands
from amlrest.cli.click_classes import Group


@click.group("model", cls=Group, example="amlrest model list")
def command() -> None:
    """See and register models."""


asset_commands.add_list_and_show(command, "models", "models", "iris")
asset_commands.add_delete(command, "a model", "models", "iris")
asset_commands.add_create_from_path(command, "a model", "models", "Model", "iris outputs/model")
