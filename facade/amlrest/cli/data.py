"""`amlrest data`."""

from __future__ import annotations

import click

from amlrest.cli import versioned
from amlrest.cli.commands import Group


@click.group("data", cls=Group, example="amlrest data list")
def command() -> None:
    """See and register data assets."""


versioned.add_list_and_show(command, "data assets", "data", "iris")
versioned.add_delete(command, "a data asset", "data", "iris")
versioned.add_create_from_path(command, "data", "data", "DataAsset", "iris iris.csv")
