"""What the commands of endpoints and of deployments have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render

if TYPE_CHECKING:
    from amlrest.cli.session import Columns

ENDPOINT = click.argument("of_endpoint", metavar="ENDPOINT")
_VERSION = re.compile(r"^/subscriptions/.*/([^/]+)/versions/([^/]+)$", re.IGNORECASE)

TRACKED: Columns = {
    "LOCATION": lambda item: item.location,
    "DESCRIPTION": lambda item: item.description,
    "TAGS": lambda item: render.labels(item.tags),
    "CREATED": lambda item: render.moment(item.created_at),
    "ID": lambda item: item.id,
}


def named(reference: Any) -> str | None:
    """Return what a deployment refers to in as few words as tell it: ``iris:1``."""
    text = getattr(reference, "path", None) or reference
    if not isinstance(text, str):
        return None
    version = _VERSION.match(text)
    return ":".join(version.groups()) if version else text
