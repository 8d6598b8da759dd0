"""Session: the values of the global options, the connection and the output of a command."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render, results
from amlrest.cli.program import program
from amlrest.cli.screen import Screen, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from amlrest import Workspace
    from amlrest._config.settings import Settings
    from amlrest._wire import Scope

    Columns = dict[str, Callable[[Any], render.Cell]]

CONNECTION = ("subscription", "resource_group", "workspace", "endpoint", "api_version")
"""Names of the global options that say where the workspace is."""
YES = click.option("--yes", "-y", is_flag=True, help="Do not prompt for confirmation.")


class Session:
    """One run of the command.

    Attributes:
        subscription: subscription id; from the configuration when None, as are the next four.
        resource_group: name of the resource group.
        workspace: name of the workspace.
        endpoint: URL of Azure Resource Manager or of a local workspace.
        api_version: API version of the requests.
        output: ``table``, ``json``, ``yaml``, ``tsv`` or ``none``.
        query: JMESPath expression that selects from the result.
        debug: whether errors show their traceback.
        arguments: the command line, without the program.
    """

    subscription: str | None = None
    resource_group: str | None = None
    workspace: str | None = None
    endpoint: str | None = None
    api_version: str | None = None
    output: str = "table"
    query: str | None = None
    debug: bool = False

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        self.arguments = arguments

    @property
    def again(self) -> str:
        """The same command line for a shell, to run it again."""
        import shlex

        return f"{program()} {shlex.join(self.arguments)}"

    @property
    def is_data(self) -> bool:
        """Whether the JSON of a result is printed, or what a query selects from it."""
        return self.output in {"json", "yaml", "none"} or self.query is not None

    @property
    def is_table(self) -> bool:
        """Whether results are printed for people."""
        return self.output == "table" and self.query is None

    def put(self, value: Any) -> None:
        """Print a JSON value, or what the query selects from it, in the output format."""
        found = value if self.query is None else results.select(value, self.query)
        if self.query is not None and (note := results.nothing_selected(found, value, self.query)):
            messages().line(note)
        if self.output == "none":
            return
        if self.output == "table" and self.query is not None:
            screen = Screen(sys.stdout)
            screen.lines(results.as_table(found, screen.width))
            return
        if self.output == "tsv":
            sys.stdout.write(results.as_tsv(found))
            return
        dumps = results.as_yaml if self.output == "yaml" else results.as_json
        encoding = (sys.stdout.encoding or "").lower()
        sys.stdout.write(dumps(found, is_ascii=not encoding.startswith("utf")))

    def put_rows(self, headings: Sequence[str], rows: Sequence[Sequence[render.Cell]]) -> None:
        """Print rows as a table, or as tab-separated values without headings."""
        if self.output == "none":
            return
        if self.output == "tsv":
            sys.stdout.write(results.rows_as_tsv(rows))
            return
        screen = Screen(sys.stdout)
        screen.lines(render.table(headings, rows, screen.width))

    def connect(self) -> Workspace:
        """Return the workspace from options, environment variables or configuration files."""
        from amlrest import Workspace

        return Workspace.from_config(**self.connection)

    def settings(self) -> Settings:
        """Return the workspace and its endpoint, without a connection.

        Raises:
            ConfigError: a value is missing or invalid.
        """
        from amlrest._config.settings import find_settings

        return find_settings(self.connection)

    @property
    def connection(self) -> dict[str, Any]:
        """What the global options say about the connection, as arguments of `Workspace`."""
        arguments = {"subscription": "subscription_id", "workspace": "name"}
        return {arguments.get(name, name): getattr(self, name) for name in CONNECTION}

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
        """Print resources as a table, or as an array of the responses."""
        if self.is_data:
            self.put([plain(item) for item in items])
            return
        rows = [[cell(item) for cell in columns.values()] for item in items]
        if not rows:
            messages().line("none")
            return
        self.put_rows(list(columns), rows)

    def show(self, item: Any, facts: Columns, dialect: str = "v2") -> None:
        """Print one resource: names and values, the JSON of the response, or a YAML file."""
        if self.output == "yaml" and self.query is None:
            from amlrest import jobfile

            if jobfile.has_form(item, dialect):
                sys.stdout.write(jobfile.dumps(item, dialect))
                return
        if self.is_data:
            self.put(plain(item))
            return
        if self.output == "tsv":
            self.put_rows(list(facts), [[cell(item) for cell in facts.values()]])
            return
        Screen(sys.stdout).lines(render.pairs((name, cell(item)) for name, cell in facts.items()))

    def show_created(self, item: Any, facts: Columns) -> None:
        """Print a resource and whether it was created or already existed."""
        messages().line("already exists, nothing was sent" if item.reused else "created")
        self.show(item, facts)


def plain(item: Any) -> Any:
    """Return the JSON of a resource as the service sent it; a JSON value unchanged."""
    return item.raw if hasattr(item, "raw") else item


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
