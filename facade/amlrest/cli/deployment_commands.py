"""Commands of online and batch deployments: list, show, create, delete."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import yaml_option
from amlrest.cli.endpoint_commands import RESOURCE_FACTS
from amlrest.cli.operation_progress import TIMEOUT, shown
from amlrest.cli.screen import messages
from amlrest.cli.session import YES, Session, confirm, pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest import Workspace
    from amlrest.cli.click_classes import Group
    from amlrest.cli.session import Columns

ENDPOINT = click.argument("endpoint_name", metavar="ENDPOINT")
_VERSION = re.compile(r"^/subscriptions/.*/([^/]+)/versions/([^/]+)$", re.IGNORECASE)


def _short(reference: Any) -> str | None:
    """Return a reference to an asset as ``name:version`` where possible."""
    text = getattr(reference, "path", None) or reference
    if not isinstance(text, str):
        return None
    version = _VERSION.match(text)
    return ":".join(version.groups()) if version else text


_FACTS: Columns = {
    "ENDPOINT": lambda deployment: deployment.endpoint,
    "MODEL": lambda deployment: _short(deployment.model),
    "CODE": lambda deployment: _short(deployment.code),
    "SCRIPT": lambda deployment: deployment.scoring_script,
    "ENVIRONMENT": lambda deployment: _short(deployment.environment),
    **RESOURCE_FACTS,
}


def facts(columns: Columns) -> Columns:
    """Return what `show` prints: the columns of `list` and the facts of every deployment."""
    return columns | _FACTS


def _of(workspace: Workspace, kind: str) -> Any:
    return getattr(workspace, f"{kind}_deployments")


def add_commands(group: Group, kind: str, columns: Columns) -> None:
    """Add the commands that both kinds of deployment have.

    Args:
        group: the command group.
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
    @ENDPOINT
    @pass_session
    def list_(session: Session, endpoint_name: str) -> None:
        with session.connect() as workspace:
            session.show_list(_of(workspace, kind).list(endpoint_name), columns)

    @group.command(help="Show a deployment.", example=f"amlrest {group.name} show iris blue")
    @ENDPOINT
    @click.argument("name")
    @pass_session
    def show(session: Session, endpoint_name: str, name: str) -> None:
        with session.connect() as workspace:
            session.show(_of(workspace, kind).get(endpoint_name, name), facts(columns))


def _add_create(group: Group, kind: str, columns: Columns) -> None:
    @group.command(
        help=(
            "Create or update a deployment from a YAML file.\n\n"
            "The file has the schema of the CLI 2.0 preview. Its model, code and environment are "
            "registered first unless they already exist. The traffic of the endpoint does not "
            "change."
        ),
        example=f"amlrest {group.name} create blue.yml",
    )
    @yaml_option.file_argument
    @click.option("--endpoint-name", metavar="NAME", help="Endpoint, instead of the file's.")
    @TIMEOUT
    @pass_session
    def create(
        session: Session, /, *, file: Path, endpoint_name: str | None, timeout: float | None
    ) -> None:
        wanted = yaml_option.load(file, group)
        wanted.endpoint = endpoint_name or wanted.endpoint
        operation = f"update of {kind} deployment {wanted.name}"
        with session.connect() as workspace:
            with shown(operation, session.again):
                created = _of(workspace, kind).create_or_update(wanted, timeout=timeout)
            session.show(created, facts(columns))


def _add_delete(group: Group, kind: str) -> None:
    @group.command(
        help="Delete a deployment.", example=f"amlrest {group.name} delete iris blue --yes"
    )
    @ENDPOINT
    @click.argument("name")
    @YES
    @TIMEOUT
    @pass_session
    def delete(
        session: Session, /, *, endpoint_name: str, name: str, yes: bool, timeout: float | None
    ) -> None:
        confirm(f"Delete deployment {name} of {kind} endpoint {endpoint_name}?", yes)
        with (
            session.connect() as workspace,
            shown(f"deletion of {kind} deployment {name}", session.again),
        ):
            _of(workspace, kind).delete(endpoint_name, name, timeout=timeout)
        messages().line(f"deployment {name} deleted")
