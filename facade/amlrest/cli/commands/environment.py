"""`amlrest environment`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import asset_columns, asset_commands, yaml_option
from amlrest.cli.click_classes import Group
from amlrest.cli.session import Session, pass_session

if TYPE_CHECKING:
    from amlrest.cli.session import Columns

_FACTS: Columns = asset_columns.FACTS | {
    "IMAGE": lambda environment: environment.image,
    "CONDA FILE": lambda environment: "yes" if environment.conda_file else None,
}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("environment", cls=Group, example="amlrest environment list")
def command() -> None:
    """See and create environments: what jobs run in."""


asset_commands.add_list_and_show(command, "environments", "environments", "lightgbm", _FACTS)
asset_commands.add_delete(command, "an environment", "environments", "lightgbm")


@command.command(
    example=(
        "amlrest environment create lightgbm \\\n"
        "  --image mcr.microsoft.com/azureml/openmpi3.1.2-ubuntu18.04 \\\n"
        "  --conda-file environment.yml\n"
        "amlrest environment create --file environment.yml"
    )
)
@click.argument("name", required=False)
@click.option("--image", metavar="IMAGE", help="Docker image; this or --dockerfile.")
@click.option("--dockerfile", type=_FILE, help="Dockerfile.")
@click.option("--conda-file", type=_FILE, help="Conda environment.")
@click.option("--version", help="From the content when not given.")
@click.option("--description", help="Free text.")
@click.option("--tag", "tags", multiple=True, metavar="KEY=VALUE", callback=asset_columns.tags)
@yaml_option.OPTION
@pass_session
def create(session: Session, /, file: Path | None, **given: Any) -> None:
    """Register an environment; the same content again finds what is there."""
    yaml_option.require(file, NAME=given["name"])
    wanted = yaml_option.described(file, "environment", "Environment", **given)
    with session.connect() as workspace:
        session.show_created(workspace.environments.create(wanted), _FACTS)
