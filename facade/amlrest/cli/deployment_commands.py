"""The commands that online and batch deployments share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import deployment_columns, operation_progress, yaml_option
from amlrest.cli.screen import messages
from amlrest.cli.session import YES, Session, confirm, pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest import Workspace
    from amlrest.cli.click_classes import Group
    from amlrest.cli.session import Columns

_LAST: Columns = {
    "ENDPOINT": lambda deployment: deployment.endpoint,
    "MODEL": lambda deployment: deployment_columns.named(deployment.model),
    "CODE": lambda deployment: deployment_columns.named(deployment.code),
    "SCRIPT": lambda deployment: deployment.scoring_script,
    "ENVIRONMENT": lambda deployment: deployment_columns.named(deployment.environment),
    **deployment_columns.TRACKED,
}


def of(workspace: Workspace, kind: str) -> Any:
    """Return the deployments of a kind, ``online`` or ``batch``."""
    return getattr(workspace, f"{kind}_deployments")


def facts(columns: Columns) -> Columns:
    """Return what `show` prints of deployments that `list` prints so."""
    return columns | _LAST


def add_commands(group: Group, kind: str, columns: Columns) -> None:
    """Give a group the commands that both kinds of deployment have.

    Args:
        group: the noun's commands.
        kind: ``online`` or ``batch``.
        columns: what `list` prints.
    """
    _add_list_and_show(group, kind, columns)
    _add_create(group, kind, columns)
    _add_delete(group, kind)


def _add_list_and_show(group: Group, kind: str, columns: Columns) -> None:
    @group.command(
        "list",
        help=f"List the deployments of {yaml_option.a(kind)} endpoint.",
        example=f"amlrest {group.name} list iris",
    )
    @deployment_columns.ENDPOINT
    @pass_session
    def list_(session: Session, of_endpoint: str) -> None:
        with session.connect() as workspace:
            session.show_list(of(workspace, kind).list(of_endpoint), columns)

    @group.command(help="Show one deployment.", example=f"amlrest {group.name} show iris blue")
    @deployment_columns.ENDPOINT
    @click.argument("name")
    @pass_session
    def show(session: Session, of_endpoint: str, name: str) -> None:
        with session.connect() as workspace:
            session.show(of(workspace, kind).get(of_endpoint, name), facts(columns))


def _add_create(group: Group, kind: str, columns: Columns) -> None:
    @group.command(
        help=(
            "Create or update a deployment from a YAML file (CLI 2.0 preview).\n\n"
            "Model, code and environment that the file describes are registered first, unless the "
            "same is there already. The traffic of the endpoint stays as it is."
        ),
        example=f"amlrest {group.name} create blue.yml",
    )
    @yaml_option.FILE
    @click.option("--endpoint-name", metavar="NAME", help="Instead of the endpoint in the file.")
    @operation_progress.TIMEOUT
    @pass_session
    def create(
        session: Session, /, *, file: Path, endpoint_name: str | None, timeout: float | None
    ) -> None:
        wanted = yaml_option.load(file, f"{kind}-deployment")
        wanted.endpoint = endpoint_name or wanted.endpoint
        what = f"{kind} deployment {wanted.name}"
        with session.connect() as workspace:
            with operation_progress.shown(what, session.again):
                made = of(workspace, kind).create_or_update(wanted, timeout=timeout)
            session.show(made, facts(columns))


def _add_delete(group: Group, kind: str) -> None:
    @group.command(
        help="Delete a deployment and wait until it is gone.",
        example=f"amlrest {group.name} delete iris blue --yes",
    )
    @deployment_columns.ENDPOINT
    @click.argument("name")
    @YES
    @operation_progress.TIMEOUT
    @pass_session
    def delete(
        session: Session, /, *, of_endpoint: str, name: str, yes: bool, timeout: float | None
    ) -> None:
        confirm(f"Delete deployment {name} of {kind} endpoint {of_endpoint}?", yes)
        what = f"the end of deployment {name}"
        with session.connect() as workspace, operation_progress.shown(what, session.again):
            of(workspace, kind).delete(of_endpoint, name, timeout=timeout)
        messages().line(f"deployment {name} deleted")
