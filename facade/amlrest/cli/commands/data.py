"""`amlrest data`."""

from __future__ import annotations

import click

from amlrest.cli import asset_commands
from amlrest.cli.click_classes import Group


@click.group("data", cls=Group, example="amlrest data list")
def command() -> None:
    """See and register data assets."""


asset_commands.add_list_and_show(command, "data assets", "data", "iris")
asset_commands.add_delete(command, "a data asset", "data", "iris")
asset_commands.add_create_from_path(command, "data", "data", "DataAsset", "iris iris.csv")
