"""`amlrest online-endpoint`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from amlrest.cli import endpoint_commands, operation_progress, render
from amlrest.cli.click_classes import Group
from amlrest.cli.screen import messages
from amlrest.cli.session import YES, Session, confirm, pass_session

if TYPE_CHECKING:
    from amlrest.cli.session import Columns


def _moment(seconds: int | None) -> str | None:
    return render.moment(datetime.fromtimestamp(seconds, UTC)) if seconds else None


_TOKEN: Columns = {
    "TOKEN": lambda token: token.access_token,
    "TYPE": lambda token: token.token_type,
    "EXPIRES": lambda token: _moment(token.expires_at),
    "REFRESH AFTER": lambda token: _moment(token.refresh_after),
}


@click.group("online-endpoint", cls=Group, example="amlrest online-endpoint create endpoint.yml")
def command() -> None:
    """See and manage addresses that answer requests one by one."""


endpoint_commands.add_commands(command, "online")


@command.command(
    "regenerate-key",
    example=(
        "amlrest online-endpoint regenerate-key iris secondary\n"
        "amlrest online-endpoint regenerate-key iris primary --from-stdin --yes < new-key.txt"
    ),
)
@click.argument("name")
@click.argument("key", type=click.Choice(["primary", "secondary"]))
@click.option("--from-stdin", is_flag=True, help="The new key comes from stdin.")
@YES
@operation_progress.TIMEOUT
@pass_session
def regenerate_key(
    session: Session, *, name: str, key: str, from_stdin: bool, yes: bool, timeout: float | None
) -> None:
    """Replace a key by one that the service makes, or by a given one.

    Callers with the old key are refused from then on.
    """
    confirm(f"Replace the {key} key of online endpoint {name}?", yes)
    value, to_print_it = _read_key() if from_stdin else None, f"amlrest online-endpoint keys {name}"
    with (
        session.connect() as workspace,
        operation_progress.shown(f"the {key} key of {name}", to_print_it),
    ):
        workspace.online_endpoints.regenerate_key(name, key, value=value, timeout=timeout)
    messages().line(f"{key} key replaced; to print it: {to_print_it}")


@command.command(example="amlrest online-endpoint token iris -o json | jq -r .accessToken")
@click.argument("name")
@pass_session
def token(session: Session, name: str) -> None:
    """Print a token for an endpoint with aml_token authentication: it is a secret."""
    with session.connect() as workspace:
        session.show(workspace.online_endpoints.token(name), _TOKEN)


def _read_key() -> str:
    """Read one line that is not shown; a key on the command line could be seen by others."""
    if sys.stdin.isatty():
        return str(click.prompt("New key", hide_input=True, err=True))
    given = sys.stdin.read().strip("\r\n")
    if not given or not given.isprintable():
        raise click.UsageError("--from-stdin: there has to be a key, in one line, on stdin.")
    return given
