"""Commands of online and batch deployments: list, show, create, delete."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import yaml_option
from amlrest.cli.click_classes import Name
from amlrest.cli.endpoint_commands import RESOURCE_FACTS
from amlrest.cli.operation_progress import refuse_no_wait, shown, wait_options
from amlrest.cli.resource_commands import add_delete, add_list, add_show
from amlrest.cli.session import Session, pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest.cli.click_classes import Group
    from amlrest.cli.session import Columns

ENDPOINT = click.argument("endpoint_name", cls=Name, metavar="ENDPOINT")
_VERSION = re.compile(r"/subscriptions/.*/([^/]+)/versions/([^/]+)\Z", re.IGNORECASE)


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


def add_commands(group: Group, columns: Columns) -> None:
    """Add the commands that both kinds of deployment have.

    Args:
        group: the command group.
        columns: what `list` prints.
    """
    what, parent = group.name.replace("-", " "), "endpoint_name"
    endpoint = what.replace("deployment", "endpoint")
    add_list(group, f"List the deployments of {yaml_option.a(endpoint)}.", columns, "iris", parent)
    add_show(group, "Show a deployment.", facts(columns), "iris blue", parent)
    add_delete(
        group,
        "Delete a deployment.",
        "iris blue",
        wait_options,
        parent=parent,
        question="Delete {what} {name} of endpoint {endpoint_name}?",
    )
    _add_create(group, what, columns)


def _add_create(group: Group, what: str, columns: Columns) -> None:
    @group.command(
        help=(
            "Create or update a deployment from a YAML file.\n\n"
            "The file is one of az ml, or of the CLI 2.0 preview of 2021. Its model, code and "
            "environment are registered first unless they already exist. Without --all-traffic, the "
            "traffic of the endpoint does not change."
        ),
        example=f"amlrest {group.name} create blue.yml",
    )
    @yaml_option.file_argument
    @click.option("--name", "-n", metavar="NAME", help="Name, instead of the file's.")
    @click.option("--endpoint-name", "-e", metavar="NAME", help="Endpoint, instead of the file's.")
    @click.option(
        "--all-traffic",
        "--set-default",
        is_flag=True,
        help="Then send it all traffic of the endpoint.",
    )
    @wait_options
    @pass_session
    def create(
        session: Session,
        /,
        *,
        file: Path,
        name: str | None,
        endpoint_name: str | None,
        all_traffic: bool,
        timeout: float | None,
    ) -> None:
        wanted = yaml_option.load(file, group)
        if all_traffic:
            refuse_no_wait("--all-traffic")
        wanted.name = name or wanted.name
        wanted.endpoint = endpoint_name or wanted.endpoint
        operation = f"update of {what} {wanted.name}"
        with session.connect() as workspace:
            with shown(operation, session.again):
                created = group.of(workspace).create_or_update(wanted, timeout=timeout)
                if all_traffic:
                    endpoints = getattr(workspace, group.collection_of("endpoint_name"))
                    endpoints.set_traffic(created.endpoint, {created.name: 100}, timeout=timeout)
            session.show(created, facts(columns))
