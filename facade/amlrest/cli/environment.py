"""`amlrest environment`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from amlrest.cli import assets, versioned
from amlrest.cli.commands import Group
from amlrest.cli.session import Session, pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest.cli.session import Columns

_FACTS: Columns = assets.FACTS | {
    "IMAGE": lambda environment: environment.image,
    "CONDA FILE": lambda environment: "yes" if environment.conda_file else None,
}


@click.group("environment", cls=Group, example="amlrest environment list")
def command() -> None:
    """See and create environments: what jobs run in."""


versioned.add_list_and_show(command, "environments", "environments", "lightgbm", _FACTS)


@command.command(
    example=(
        "amlrest environment create lightgbm \\\n"
        "  --image mcr.microsoft.com/azureml/openmpi3.1.2-ubuntu18.04 \\\n"
        "  --conda-file environment.yml"
    )
)
@click.argument("name")
@click.option("--image", metavar="IMAGE", help="Docker image; this or --dockerfile.")
@click.option("--dockerfile", type=click.Path(exists=True, dir_okay=False), help="Dockerfile.")
@click.option(
    "--conda-file", type=click.Path(exists=True, dir_okay=False), help="Conda environment."
)
@click.option("--version", help="From the content when not given.")
@click.option("--description", help="Free text.")
@click.option("--tag", "tags", multiple=True, metavar="KEY=VALUE", callback=assets.tags)
@pass_session
def create(
    session: Session,
    *,
    name: str,
    image: str | None,
    dockerfile: Path | None,
    conda_file: Path | None,
    version: str | None,
    description: str | None,
    tags: dict[str, str] | None,
) -> None:
    """Register an environment; the same content again finds what is there."""
    from pathlib import Path

    from amlrest import Environment

    wanted = Environment(
        name=name,
        version=version,
        image=image,
        dockerfile=Path(dockerfile) if dockerfile else None,
        conda_file=Path(conda_file) if conda_file else None,
        description=description,
        tags=tags,
    )
    with session.connect() as workspace:
        session.show_created(workspace.environments.create(wanted), _FACTS)
