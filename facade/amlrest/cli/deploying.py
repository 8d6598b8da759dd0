"""What the commands of endpoints and of deployments have in common."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render
from amlrest.cli.failures import CommandError, WaitInterruptedError
from amlrest.cli.screen import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from amlrest.cli.screen import Screen
    from amlrest.cli.session import Columns

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
ENDPOINT = click.argument("of_endpoint", metavar="ENDPOINT")
YES = click.option("--yes", is_flag=True, help="Do not ask.")
_TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Give up waiting after it.",
)
_NOUNS = {
    "OnlineEndpoint": "online-endpoint",
    "ManagedOnlineDeployment": "online-deployment",
    "K8sOnlineDeployment": "online-deployment",
    "BatchEndpoint": "batch-endpoint",
    "BatchDeployment": "batch-deployment",
}
_VERSION = re.compile(r"^/subscriptions/.*/([^/]+)/versions/([^/]+)$", re.IGNORECASE)

TRACKED: Columns = {
    "LOCATION": lambda item: item.location,
    "DESCRIPTION": lambda item: item.description,
    "TAGS": lambda item: ", ".join(f"{k}={v}" for k, v in (item.tags or {}).items()),
    "CREATED": lambda item: render.moment(item.created_at),
    "ID": lambda item: item.id,
}


def waits(kind: str) -> Callable[[Any], Any]:
    """Return the option ``--timeout`` for what the service takes long to do: online kinds."""
    return _TIMEOUT if kind == "online" else lambda command: command


def a(words: str) -> str:
    """Return words with their indefinite article."""
    return f"{'an' if words[0] in 'aeiouAEIOU' else 'a'} {words}"


def load(file: Path, noun: str) -> Any:
    """Read what a YAML file describes.

    Raises:
        CommandError: it describes something that is not for this noun.
        ValidationError: it cannot be read.
    """
    from amlrest import jobfile

    found = jobfile.load(file)
    subject = found.endpoint if isinstance(found, jobfile.Deployed) else found
    home = _NOUNS.get(type(subject).__name__)
    if home == noun:
        return found
    described = home.replace("-", " ") if home else type(subject).__name__
    message = f"{file} describes {a(described)}, not {a(noun.replace('-', ' '))}"
    raise CommandError(message, hint=f"amlrest {home} create {file}" if home else "")


@contextmanager
def shown(what: str, come_back: str) -> Iterator[Screen]:
    """Show that something is under way, on the screen that is yielded; Ctrl-C leaves it to the service.

    Args:
        what: such as ``online endpoint iris``.
        come_back: the command that goes on with it.

    Raises:
        WaitInterruptedError: Ctrl-C.
    """
    began, screen = time.monotonic(), messages()
    try:
        with screen.block(lambda: [f"{what} … {render.duration(time.monotonic() - began)}"]):
            yield screen
    except KeyboardInterrupt:
        raise WaitInterruptedError(
            f"what the service has begun of {what} goes on", [come_back]
        ) from None


def named(reference: Any) -> str | None:
    """Return what a deployment refers to in as few words as tell it: ``iris:1``."""
    text = getattr(reference, "path", None) or reference
    if not isinstance(text, str):
        return None
    version = _VERSION.match(text)
    return ":".join(version.groups()) if version else text
