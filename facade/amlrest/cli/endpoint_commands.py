"""Commands of online and batch endpoints: list, show, create, traffic, keys, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render, yaml_option
from amlrest.cli.click_classes import Argument, Name
from amlrest.cli.operation_progress import refuse_no_wait, shown, wait_options
from amlrest.cli.resource_commands import add_delete, add_list, add_show
from amlrest.cli.session import Session, pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from amlrest.cli.click_classes import Group
    from amlrest.cli.session import Columns

RESOURCE_FACTS: Columns = {
    "LOCATION": lambda item: item.location,
    "DESCRIPTION": lambda item: item.description,
    "TAGS": lambda item: render.labels(item.tags),
    "CREATED": lambda item: render.moment(item.created_at),
    "ID": lambda item: item.id,
}
_COLUMNS: Columns = {
    "NAME": lambda endpoint: endpoint.name,
    "AUTH": lambda endpoint: endpoint.auth_mode,
    "TRAFFIC": lambda endpoint: " ".join(f"{k}={v}" for k, v in (endpoint.traffic or {}).items()),
    "STATUS": lambda endpoint: endpoint.provisioning_state,
}
_FACTS: Columns = {
    **_COLUMNS,
    "TARGET": lambda endpoint: getattr(endpoint, "target", None),
    "SCORING": lambda endpoint: endpoint.scoring_uri,
    "SWAGGER": lambda endpoint: endpoint.swagger_uri,
    **RESOURCE_FACTS,
}
_KEYS: Columns = {
    "PRIMARY": lambda keys: keys.primary,
    "SECONDARY": lambda keys: keys.secondary,
}


def add_commands(group: Group) -> None:
    """Add the commands that both kinds of endpoint have to a group."""
    what = group.name.replace("-", " ")
    add_list(group, f"List {what}s.", _COLUMNS)
    add_show(group, "Show an endpoint, without its keys.", _FACTS, "iris")
    add_delete(
        group,
        "Delete an endpoint with its deployments.",
        "iris",
        wait_options,
        question="Delete {what} {name} with its deployments?",
    )
    _add_create(group, what)
    _add_traffic(group, what)
    _add_keys(group)


def _add_create(group: Group, what: str) -> None:
    @group.command(
        help=(
            "Create or update an endpoint from a YAML file.\n\n"
            "The file is one of az ml, or of the CLI 2.0 preview of 2021. Deployments in it are "
            "created or updated too; traffic is changed when they are ready. Without traffic in "
            "the file, traffic does not change."
        ),
        example=f"amlrest {group.name} create endpoint.yml",
    )
    @yaml_option.file_argument
    @click.option("--name", "-n", metavar="NAME", help="Name, instead of the file's.")
    @wait_options
    @pass_session
    def create(session: Session, /, *, file: Path, name: str | None, timeout: float | None) -> None:
        wanted = yaml_option.load(file, group)
        if name:
            wanted.endpoint.name = name
            for each in wanted.deployments:
                each.endpoint = name
        if wanted.deployments:
            refuse_no_wait("deployments in the file")
        operation = f"update of {what} {wanted.endpoint.name}"
        with session.connect() as workspace:
            with shown(operation, session.again) as screen:
                created = group.of(workspace).deploy(
                    wanted.endpoint,
                    wanted.deployments,
                    on_ready=lambda done: screen.line(_ready(done)),
                    timeout=timeout,
                )
            session.show(created, _FACTS)


def _add_traffic(group: Group, what: str) -> None:
    @group.command(
        help=(
            "Set the traffic of the deployments of an endpoint.\n\n"
            "Percentages add up to 100, or to 0 to stop all traffic. Deployments that are not "
            "named get no traffic."
        ),
        example=f"amlrest {group.name} traffic iris blue=90 green=10",
    )
    @click.argument("name", cls=Name)
    @click.argument(
        "shares",
        cls=Argument,
        as_option=("--traffic", "-r"),
        metavar="DEPLOYMENT=PERCENT [...]",
        nargs=-1,
        required=True,
        callback=_shares,
    )
    @wait_options
    @pass_session
    def traffic(
        session: Session, /, *, name: str, shares: dict[str, int], timeout: float | None
    ) -> None:
        with session.connect() as workspace:
            with shown(f"update of traffic of {what} {name}", session.again):
                changed = group.of(workspace).set_traffic(name, shares, timeout=timeout)
            session.show(changed, _FACTS)


def _add_keys(group: Group) -> None:
    @group.command(
        help="Print the keys of an endpoint, which are secrets.",
        example=f"amlrest {group.name} keys iris -o json | jq -r .primaryKey",
    )
    @click.argument("name", cls=Name)
    @pass_session
    def keys(session: Session, name: str) -> None:
        with session.connect() as workspace:
            session.show(group.of(workspace).keys(name), _KEYS)


def _ready(resource: Any) -> str:
    kind = "deployment" if hasattr(resource, "endpoint") else "endpoint"
    return f"{kind} {resource.name} is ready"


def _shares(
    _ctx: click.Context | None, _parameter: click.Parameter | None, texts: tuple[str, ...]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for text in texts:
        name, _, share = text.partition("=")
        if not name or not share.isdecimal():
            raise click.BadParameter(f"{text!r} is not DEPLOYMENT=PERCENT, such as blue=90")
        if name in found:
            raise click.BadParameter(f"{name!r} is given twice")
        found[name] = int(share)
    return found
