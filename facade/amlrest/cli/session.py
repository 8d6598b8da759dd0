"""Session: the values of the global options, the connection and the output of a command."""

from __future__ import annotations

import math
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render
from amlrest.cli.program import program
from amlrest.cli.screen import Screen, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from amlrest import Workspace
    from amlrest._wire import Scope

    Columns = dict[str, Callable[[Any], render.Cell]]

YES = click.option("--yes", is_flag=True, help="Do not prompt for confirmation.")


class Session:
    """One run of the command.

    Attributes:
        subscription: subscription id; from the configuration when None, as are the next four.
        resource_group: name of the resource group.
        workspace: name of the workspace.
        endpoint: URL of Azure Resource Manager or of a local workspace.
        api_version: API version of the requests.
        output: ``table``, ``json`` or ``yaml``.
        debug: whether errors show their traceback.
        arguments: the command line, without the program.
    """

    subscription: str | None = None
    resource_group: str | None = None
    workspace: str | None = None
    endpoint: str | None = None
    api_version: str | None = None
    output: str = "table"
    debug: bool = False

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        self.arguments = arguments

    @property
    def again(self) -> str:
        """The same command line for a shell, to run it again."""
        import shlex

        return f"{program()} {shlex.join(self.arguments)}"

    @property
    def as_json(self) -> bool:
        """Whether results are printed as JSON, which is YAML too."""
        return self.output in {"json", "yaml"}

    def connect(self) -> Workspace:
        """Return the workspace from options, environment variables or configuration files."""
        from amlrest import Workspace

        return Workspace.from_config(
            subscription_id=self.subscription,
            resource_group=self.resource_group,
            name=self.workspace,
            endpoint=self.endpoint,
            api_version=self.api_version,
        )

    @property
    def scope(self) -> Scope:
        """The API version of the requests, for checks that need no workspace."""
        from amlrest._config.api_version import check_api_version
        from amlrest._wire import FIRST_SHAPE
        from amlrest.dialects import dialect_for

        wanted = self.api_version or os.environ.get("AMLREST_API_VERSION")
        dialect = dialect_for(check_api_version(wanted)) if wanted else None
        return FIRST_SHAPE._replace(dialect=dialect)

    def show_list(self, items: Iterable[Any], columns: Columns) -> None:
        """Print resources as a table, or as a JSON array of the responses."""
        if self.as_json:
            print_json([plain(item) for item in items])
            return
        rows = [[cell(item) for cell in columns.values()] for item in items]
        if not rows:
            messages().line("none")
            return
        screen = Screen(sys.stdout)
        screen.lines(render.table(list(columns), rows, screen.width))

    def show(self, item: Any, facts: Columns, dialect: str = "v2") -> None:
        """Print one resource: names and values, the JSON of the response, or a YAML file."""
        if self.output == "yaml" and hasattr(item, "raw"):
            from amlrest import jobfile

            sys.stdout.write(jobfile.dumps(item, dialect))
            return
        if self.as_json:
            print_json(plain(item))
            return
        Screen(sys.stdout).lines(render.pairs((name, cell(item)) for name, cell in facts.items()))

    def show_created(self, item: Any, facts: Columns) -> None:
        """Print a resource and whether it was created or already existed."""
        messages().line("already exists, nothing was sent" if item.reused else "created")
        self.show(item, facts)


def plain(item: Any) -> Any:
    """Return the JSON of a resource as the service sent it; a JSON value unchanged."""
    return item.raw if hasattr(item, "raw") else item


def print_json(value: Any) -> None:
    """Print a JSON value to stdout; non-ASCII characters are escaped unless stdout is UTF.

    NaN and infinity, which JSON does not have, are null.
    """
    import json

    escaped = not (sys.stdout.encoding or "").lower().startswith("utf")

    def dumps(value: Any) -> str:
        return json.dumps(value, indent=2, ensure_ascii=escaped, default=str, allow_nan=False)

    try:
        text = dumps(value)
    except ValueError:
        text = dumps(_finite(value))
    sys.stdout.write(text + "\n")


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def confirm(question: str, yes: bool) -> None:
    """Prompt for confirmation of a destructive command, unless ``--yes`` is given.

    Raises:
        click.Abort: the answer was no.
        click.UsageError: stdin is not a terminal.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(f"{question} Add --yes to confirm: stdin is not a terminal.")
    click.confirm(question, abort=True, err=True)


pass_session = click.make_pass_decorator(Session, ensure=True)
