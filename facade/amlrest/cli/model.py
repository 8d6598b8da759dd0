"""`amlrest model`."""

from __future__ import annotations

import click

from amlrest.cli import versioned
from amlrest.cli.commands import Group


@click.group("model", cls=Group, example="amlrest model list")
def command() -> None:
    """See and register models."""


versioned.add_list_and_show(command, "models", "models", "iris")
versioned.add_delete(command, "a model", "models", "iris")
versioned.add_create_from_path(command, "a model", "models", "Model", "iris outputs/model")
