"""Manage online endpoints."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from amlrest.cli import render, scoring
from amlrest.cli.click_classes import Argument, Group, Name
from amlrest.cli.endpoint_commands import add_commands
from amlrest.cli.operation_progress import TIMEOUT, shown
from amlrest.cli.program import program
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

command = Group(
    "online-endpoint",
    help=__doc__,
    example="amlrest online-endpoint create endpoint.yml",
    resource="OnlineEndpoint",
    collection="online_endpoints",
    schema="managedOnlineEndpoint",
)

add_commands(command)


@command.command(
    example=(
        "amlrest online-endpoint invoke iris --data '{\"input_data\": [[5.1, 3.5, 1.4, 0.2]]}'\n"
        "amlrest online-endpoint invoke iris -r rows.json --deployment-name green"
    )
)
@click.argument("name", cls=Name)
@click.option(
    "--request-file",
    "-r",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE|-",
    help="File with the request, or - for stdin.",
)
@click.option("--data", metavar="JSON", help="The request itself.")
@click.option(
    "--deployment-name",
    "--deployment",
    "-d",
    metavar="NAME",
    help="Deployment; by traffic if not given.",
)
@click.option("--content-type", metavar="TYPE", help="Type of a request that is not JSON.")
@TIMEOUT
@pass_session
def invoke(
    session: Session,
    *,
    name: str,
    request_file: str | None,
    data: str | None,
    deployment_name: str | None,
    content_type: str | None,
    timeout: float | None,
) -> None:
    """Send a scoring request and print the response."""
    sent = scoring.read_data(request_file, data, content_type)
    with session.connect() as workspace:
        response = workspace.online_endpoints.invoke(
            name, sent, deployment=deployment_name, content_type=content_type, timeout=timeout
        )
    scoring.put(session, response)


@command.command(
    "regenerate-key",
    example=(
        "amlrest online-endpoint regenerate-key iris secondary\n"
        "amlrest online-endpoint regenerate-key iris primary --from-stdin --yes < new-key.txt"
    ),
    without=("output",),
)
@click.argument("name", cls=Name)
@click.argument(
    "key",
    cls=Argument,
    as_option=("--key-type",),
    type=click.Choice(["primary", "secondary"]),
)
@click.option("--from-stdin", is_flag=True, help="Read the new key from stdin.")
@YES
@TIMEOUT
@pass_session
def regenerate_key(
    session: Session, *, name: str, key: str, from_stdin: bool, yes: bool, timeout: float | None
) -> None:
    """Replace a key with a generated or given one.

    The old key is no longer accepted.
    """
    confirm(f"Replace the {key} key of online endpoint {name}?", yes)
    value = _read_key() if from_stdin else None
    print_keys = f"{program()} online-endpoint keys {name}"
    operation = f"replacement of the {key} key of {name}"
    with session.connect() as workspace, shown(operation, print_keys):
        workspace.online_endpoints.regenerate_key(name, key, value=value, timeout=timeout)
    messages().line(f"{key} key replaced; print it with: {print_keys}")


@command.command(example="amlrest online-endpoint token iris -o json | jq -r .accessToken")
@click.argument("name", cls=Name)
@pass_session
def token(session: Session, name: str) -> None:
    """Print a token of an endpoint, which is a secret.

    The endpoint must have aml_token authentication.
    """
    with session.connect() as workspace:
        session.show(workspace.online_endpoints.token(name), _TOKEN)


def _read_key() -> str:
    """Read one line without echo; other users could see a key on the command line."""
    if sys.stdin.isatty():
        return str(click.prompt("New key", hide_input=True, err=True))
    given = sys.stdin.read().strip("\r\n")
    if not given or not given.isprintable():
        raise click.UsageError("--from-stdin: stdin must have the key, in one line.")
    return given
