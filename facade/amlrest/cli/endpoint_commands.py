"""The commands that online and batch endpoints share."""

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
    **deployment_columns.TRACKED,
}
_KEYS: Columns = {
    "PRIMARY": lambda keys: keys.primary,
    "SECONDARY": lambda keys: keys.secondary,
}


def of(workspace: Workspace, kind: str) -> Any:
    """Return the endpoints of a kind, ``online`` or ``batch``."""
    return getattr(workspace, f"{kind}_endpoints")


def add_commands(group: Group, kind: str) -> None:
    """Give a group the commands that both kinds of endpoint have.

    Args:
        group: the noun's commands.
        kind: ``online`` or ``batch``.
    """
    _add_list_and_show(group, kind)
    _add_create(group, kind)
    _add_traffic(group, kind)
    _add_keys(group, kind)
    _add_delete(group, kind)


def _add_list_and_show(group: Group, kind: str) -> None:
    @group.command("list", help=f"List the {kind} endpoints.", example=f"amlrest {group.name} list")
    @pass_session
    def list_(session: Session) -> None:
        with session.connect() as workspace:
            session.show_list(of(workspace, kind).list(), _COLUMNS)

    @group.command(
        help="Show one endpoint, without its keys.", example=f"amlrest {group.name} show iris"
    )
    @click.argument("name")
    @pass_session
    def show(session: Session, name: str) -> None:
        with session.connect() as workspace:
            session.show(of(workspace, kind).get(name), _FACTS)


def _add_create(group: Group, kind: str) -> None:
    @group.command(
        help=(
            "Create or update an endpoint from a YAML file (CLI 2.0 preview).\n\n"
            "Deployments that the file describes are created or updated as well; traffic is moved "
            "when they are ready. Without traffic in the file, traffic stays as it is."
        ),
        example=f"amlrest {group.name} create endpoint.yml",
    )
    @yaml_option.FILE
    @operation_progress.TIMEOUT
    @pass_session
    def create(session: Session, /, file: Path, timeout: float | None) -> None:
        wanted = yaml_option.load(file, f"{kind}-endpoint")
        what = f"{kind} endpoint {wanted.endpoint.name}"
        with session.connect() as workspace:
            with operation_progress.shown(what, session.again) as screen:
                made = of(workspace, kind).deploy(
                    wanted.endpoint,
                    wanted.deployments,
                    on_ready=lambda done: screen.line(_ready(done)),
                    timeout=timeout,
                )
            session.show(made, _FACTS)


def _add_traffic(group: Group, kind: str) -> None:
    @group.command(
        help=(
            "Share the traffic between deployments; those not named get none.\n\n"
            "The shares are percentages and add up to 100, or to 0 to stop all traffic."
        ),
        example=f"amlrest {group.name} traffic iris blue=90 green=10",
    )
    @click.argument("name")
    @click.argument(
        "shares", metavar="DEPLOYMENT=PERCENT...", nargs=-1, required=True, callback=_shares
    )
    @operation_progress.TIMEOUT
    @pass_session
    def traffic(
        session: Session, /, *, name: str, shares: dict[str, int], timeout: float | None
    ) -> None:
        with session.connect() as workspace:
            with operation_progress.shown(f"traffic of {kind} endpoint {name}", session.again):
                changed = of(workspace, kind).set_traffic(name, shares, timeout=timeout)
            session.show(changed, _FACTS)


def _add_keys(group: Group, kind: str) -> None:
    @group.command(
        help="Print the keys of an endpoint: they are secrets.",
        example=f"amlrest {group.name} keys iris -o json | jq -r .primaryKey",
    )
    @click.argument("name")
    @pass_session
    def keys(session: Session, name: str) -> None:
        with session.connect() as workspace:
            session.show(of(workspace, kind).keys(name), _KEYS)


def _add_delete(group: Group, kind: str) -> None:
    @group.command(
        help="Delete an endpoint with its deployments and wait until it is gone.",
        example=f"amlrest {group.name} delete iris --yes",
    )
    @click.argument("name")
    @YES
    @operation_progress.TIMEOUT
    @pass_session
    def delete(session: Session, /, *, name: str, yes: bool, timeout: float | None) -> None:
        confirm(f"Delete {kind} endpoint {name} with its deployments?", yes)
        what = f"the end of {kind} endpoint {name}"
        with session.connect() as workspace, operation_progress.shown(what, session.again):
            of(workspace, kind).delete(name, timeout=timeout)
        messages().line(f"{kind} endpoint {name} deleted")


def _ready(done: Any) -> str:
    noun = "deployment" if hasattr(done, "endpoint") else "endpoint"
    return f"{noun} {done.name} is ready"


def _shares(
    _ctx: click.Context | None, _parameter: click.Parameter | None, given: tuple[str, ...]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for text in given:
        name, _, share = text.partition("=")
        if not name or not share.isdecimal():
            raise click.BadParameter(f"{text!r} is not DEPLOYMENT=PERCENT, such as blue=90")
        if name in found:
            raise click.BadParameter(f"{name!r} stands twice")
        found[name] = int(share)
    return found
