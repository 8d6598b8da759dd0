"""Call any REST operation and print its response.

Subscription, resource group, workspace and api-version are filled in. All pages of a list are
read; for a long-running operation, the command waits until it has finished.
"""

from __future__ import annotations

from typing import Any

import click

from amlrest.cli.click_classes import Command
from amlrest.cli.session import Session, pass_session


def _operations(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    from amlrest._http.calls import operations_of_version

    known = operations_of_version(ctx.ensure_object(Session).api_version)
    return [each for each in known if each.lower().startswith(incomplete.lower())]


@click.command(
    cls=Command,
    help=__doc__,
    example=("amlrest api Quotas_List -p location=westeurope\namlrest api Jobs_Get -p id=my-job"),
)
@click.argument("operation_id", shell_complete=_operations)
@click.option(
    "--param",
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Path or query parameter; repeatable.",
)
@click.option("--body", metavar="JSON|@FILE|@-", help="Request body: JSON, a file or stdin.")
@pass_session
def command(
    session: Session, operation_id: str, parameters: tuple[str, ...], body: str | None
) -> None:
    """Print the response of an operation as JSON."""
    with session.connect() as workspace:
        response = workspace.call(operation_id, _read_body(body), **_read_parameters(parameters))
        session.put(_as_json(response))


def _read_parameters(texts: tuple[str, ...]) -> dict[str, str]:
    pieces = [text.partition("=") for text in texts]
    for name, equals, value in pieces:
        if not name or not equals:
            raise click.BadParameter(
                f"{name + equals + value!r} is not NAME=VALUE", param_hint="--param"
            )
    return {name: value for name, _, value in pieces}


def _read_body(source: str | None) -> Any:
    import json

    if source is None:
        return None
    try:
        text = _read_file(source[1:]) if source.startswith("@") else source
        return json.loads(text, strict=False)
    except (OSError, ValueError) as error:
        raise click.BadParameter(f"not valid JSON: {error}", param_hint="--body") from error


def _read_file(name: str) -> str:
    with click.open_file(name, encoding="utf-8") as file:
        return str(file.read())


def _as_json(response: Any) -> Any:
    if hasattr(response, "to_dict"):
        return response.to_dict()
    if response is None or isinstance(response, dict | str | int | float | bool):
        return response
    return [_as_json(item) for item in response]
