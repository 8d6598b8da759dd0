"""What the commands of versioned assets have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render

if TYPE_CHECKING:
    from amlrest.cli.session import Columns

NAMES: Columns = {
    "NAME": lambda asset: asset.name,
    "DESCRIPTION": lambda asset: asset.description,
    "CREATED": lambda asset: render.moment(asset.created_at),
}
VERSIONS: Columns = {
    "NAME": lambda asset: asset.name,
    "VERSION": lambda asset: asset.version,
    "DESCRIPTION": lambda asset: asset.description,
    "CREATED": lambda asset: render.moment(asset.created_at),
}
FACTS: Columns = {
    "NAME": lambda asset: asset.name,
    "VERSION": lambda asset: asset.version,
    "DESCRIPTION": lambda asset: asset.description,
    "PATH": lambda asset: _text(getattr(asset, "path", None)),
    "DATASTORE": lambda asset: getattr(asset, "datastore", None),
    "TAGS": lambda asset: render.labels(asset.tags),
    "CREATED": lambda asset: render.moment(asset.created_at),
    "ID": lambda asset: asset.id,
}


def tags(
    _ctx: click.Context | None, _parameter: click.Parameter | None, given: tuple[str, ...]
) -> dict[str, str] | None:
    """Read ``--tag key=value`` options.

    Raises:
        click.BadParameter: there is no ``=``.
    """
    for text in given:
        if "=" not in text:
            raise click.BadParameter(f"{text!r} is not key=value")
    pieces = (text.partition("=") for text in given)
    return {key: value for key, _, value in pieces} or None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
