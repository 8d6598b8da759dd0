"""What the global options say, and what every command needs to act on it."""

from __future__ import annotations

import json
import shlex
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render
from amlrest.cli.screen import Screen, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from amlrest import Workspace

    Columns = dict[str, Callable[[Any], render.Cell]]

YES = click.option("--yes", is_flag=True, help="Do not ask.")


@dataclass
class Session:
    """One call of the command.

    Attributes:
        subscription: id of the subscription; looked up when None, as are the next three.
        resource_group: name of the resource group.
        workspace: name of the workspace.
        endpoint: Azure Resource Manager or a local workspace.
        output: ``table`` or ``json``.
        debug: let tracebacks through.
        arguments: what the command was called with.
    """

    subscription: str | None = None
    resource_group: str | None = None
    workspace: str | None = None
    endpoint: str | None = None
    output: str = "table"
    debug: bool = False
    arguments: Sequence[str] = ()

    @property
    def again(self) -> str:
        """The same command once more, for a shell."""
        return shlex.join(["amlrest", *self.arguments])

    @property
    def as_json(self) -> bool:
        """Whether results are wanted as JSON."""
        return self.output == "json"

    def connect(self) -> Workspace:
        """Return the workspace that options, environment or configuration files name."""
        from amlrest import Workspace

        return Workspace.from_config(
            subscription_id=self.subscription,
            resource_group=self.resource_group,
            name=self.workspace,
            endpoint=self.endpoint,
        )

    def show_list(self, items: Iterable[Any], columns: Columns) -> None:
        """Print resources as a table, or as a JSON array of what the service sent."""
        if self.as_json:
            print_json([plain(item) for item in items])
            return
        rows = [[cell(item) for cell in columns.values()] for item in items]
        if not rows:
            messages().line("none")
            return
        screen = Screen(sys.stdout)
        screen.lines(render.table(list(columns), rows, screen.width))

    def show(self, item: Any, facts: Columns) -> None:
        """Print one resource as names and values, or as the JSON the service sent."""
        if self.as_json:
            print_json(plain(item))
            return
        Screen(sys.stdout).lines(render.pairs((name, cell(item)) for name, cell in facts.items()))

    def show_created(self, item: Any, facts: Columns) -> None:
        """Print a resource and say whether it was made or found."""
        messages().line("re-used, nothing was sent" if item.reused else "created")
        self.show(item, facts)


def plain(item: Any) -> Any:
    """Return the JSON of a resource as the service sent it, or the item if it is plain."""
    return item.raw if hasattr(item, "raw") else item


def print_json(value: Any) -> None:
    """Print a JSON value to stdout, with escapes where it cannot take all characters."""
    escaped = not (sys.stdout.encoding or "").lower().startswith("utf")
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=escaped, default=str) + "\n")


def confirm(question: str, yes: bool) -> None:
    """Ask before something is destroyed; without a terminal to ask on, ``--yes`` is needed.

    Raises:
        click.Abort: the answer was no.
        click.UsageError: there is nobody to ask.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(f"{question} Add --yes: there is no terminal to ask on.")
    click.confirm(question, abort=True, err=True)


pass_session = click.make_pass_decorator(Session, ensure=True)
