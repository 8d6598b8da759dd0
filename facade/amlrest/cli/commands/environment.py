"""Manage environments that jobs run in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import yaml_option
from amlrest.cli.asset_commands import (
    FACTS,
    add_changes,
    add_list_show_delete,
    description_options,
)
from amlrest.cli.click_classes import Group, Name
from amlrest.cli.session import Session, pass_session
from amlrest.cli.transfer_progress import uploading

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest.cli.session import Columns

_FACTS: Columns = FACTS | {
    "IMAGE": lambda environment: environment.image,
    "CONDA FILE": lambda environment: "yes" if environment.conda_file else None,
}

command = Group(
    "environment",
    help=__doc__,
    example="amlrest environment list",
    collection="environments",
    resource="Environment",
    reader="create --file",
)

add_list_show_delete(command, ("an environment", "environments"), "lightgbm", _FACTS)
add_changes(command, "an environment", "lightgbm:1")


@command.command(
    example=(
        "amlrest environment create lightgbm \\\n"
        "  --image mcr.microsoft.com/azureml/openmpi3.1.2-ubuntu18.04 \\\n"
        "  --conda-file environment.yml\n"
        "amlrest environment create --file environment.yml"
    )
)
@click.argument("name", cls=Name, required=False)
@click.option("--image", "-i", metavar="IMAGE", help="Docker image; or use --dockerfile.")
@click.option(
    "--dockerfile",
    "--dockerfile-path",
    "-d",
    type=yaml_option.EXISTING_FILE,
    help="Dockerfile; or use --image.",
)
@click.option("--conda-file", "-c", type=yaml_option.EXISTING_FILE, help="Conda environment file.")
@description_options
@yaml_option.option
@pass_session
def create(session: Session, /, file: Path | None, **options: Any) -> None:
    """Register an environment.

    If a version with the same content exists, that version is returned.
    """
    yaml_option.require(file, NAME=options["name"])
    wanted = yaml_option.load_or_create(file, command, **options)
    with session.connect() as workspace:
        with uploading() as on_progress:
            made = workspace.environments.create(wanted, on_progress=on_progress)
        session.show_created(made, _FACTS)
