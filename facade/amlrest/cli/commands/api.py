"""`amlrest api`: any operation of the API."""

from __future__ import annotations

from typing import Any

import click

from amlrest.cli.click_classes import Command
from amlrest.cli.session import Session, pass_session, print_json


@click.command(
    cls=Command,
    example=("amlrest api Quotas_List -p location=westeurope\namlrest api Jobs_Get -p id=my-job"),
)
@click.argument("operation_id")
@click.option(
    "--param",
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A path or query value.",
)
@click.option("--body", metavar="JSON|@FILE|@-", help="Request body: JSON, a file, or stdin.")
@pass_session
def command(
    session: Session, operation_id: str, parameters: tuple[str, ...], body: str | None
) -> None:
    """Call any operation of the API by its id and print the JSON of the answer.

    Subscription, resource group, workspace and api-version are filled in. A list is read
    to its end; a long-running operation is waited for.
    """
    with session.connect() as workspace:
        answer = workspace.call(operation_id, _read_body(body), **_read_parameters(parameters))
        print_json(_as_json(answer))


def _read_parameters(given: tuple[str, ...]) -> dict[str, str]:
    pieces = [text.partition("=") for text in given]
    for name, equals, value in pieces:
        if not name or not equals:
            raise click.BadParameter(
                f"{name + equals + value!r} is not NAME=VALUE", param_hint="--param"
            )
    return {name: value for name, _, value in pieces}


def _read_body(given: str | None) -> Any:
    import json

    if given is None:
        return None
    try:
        text = _read_file(given[1:]) if given.startswith("@") else given
        return json.loads(text, strict=False)
    except (OSError, ValueError) as error:
        raise click.BadParameter(f"not readable as JSON: {error}", param_hint="--body") from error


def _read_file(name: str) -> str:
    with click.open_file(name, encoding="utf-8") as file:
        return str(file.read())


def _as_json(answer: Any) -> Any:
    if hasattr(answer, "to_dict"):
        return answer.to_dict()
    if answer is None or isinstance(answer, dict | str | int | float | bool):
        return answer
    return [_as_json(item) for item in answer]
