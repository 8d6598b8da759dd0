"""Scoring requests on the command line: where the data comes from, and how the response is printed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render
from amlrest.cli.errors import CommandError
from amlrest.cli.screen import messages

if TYPE_CHECKING:
    from amlrest import ScoringResponse
    from amlrest.cli.session import Session

_STDIN = "-"


def read_data(file: str | None, text: str | None, content_type: str | None) -> Any:
    """Return the data of the options: the path of a file, or the bytes of stdin or of a text.

    Args:
        file: a path, or ``-`` for stdin.
        text: JSON.
        content_type: media type; what is not from a file is checked only if it is JSON.

    Raises:
        click.UsageError: not exactly one of them is given, or one is not valid JSON.
    """
    if (file is None) == (text is None):
        raise click.UsageError("Give the request with either --request-file or --data.")
    if file not in {None, _STDIN}:
        return Path(str(file))
    content = sys.stdin.buffer.read() if text is None else text.encode(errors="surrogateescape")
    if content_type is None:
        _check_json(content, "--data" if text is not None else "--request-file -")
    return content


def _check_json(content: bytes, option: str) -> None:
    try:
        json.loads(content)
    except (ValueError, RecursionError) as error:
        raise click.BadParameter(f"not valid JSON: {error}", param_hint=option) from error


def put(session: Session, response: ScoringResponse) -> None:
    """Print a response: JSON in the output format, text and bytes as they are."""
    value, screen = response.value, messages()
    if screen.live and session.is_table and response.deployment:
        screen.line(f"response of deployment {response.deployment}")
    if isinstance(value, bytes):
        _put_bytes(value)
    elif isinstance(value, str) and session.is_table and not _is_json_text(response):
        sys.stdout.write(value if value.endswith("\n") or not value else f"{value}\n")
    else:
        session.put(value)


def _is_json_text(response: ScoringResponse) -> bool:
    """Whether a text was JSON, and not the whole response."""
    return (
        response.content.lstrip().startswith(b'"') and response.value.encode() != response.content
    )


def _put_bytes(content: bytes) -> None:
    if sys.stdout.isatty():
        raise CommandError(
            f"the response is not text: {render.size(len(content))}",
            hint="redirect it to a file with >",
        )
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
