"""Command classes: global options after the command as well as before it, help by section."""

from __future__ import annotations

from typing import Any

import click

from amlrest.cli.session import Session

_GLOBAL = "global_option"


class GlobalOption(click.Option):
    """An option that every command takes and the session remembers."""

    def __init__(self, *declarations: str, **settings: Any) -> None:
        super().__init__(declarations, expose_value=False, callback=_remember, **settings)


class Command(click.Command):
    """A command that takes the global options.

    Args:
        example: command lines that show its use.
    """

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example
        add_global_options(self)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options first, the global ones in a section of their own."""
        _format_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example last."""
        _format_example(self.example, formatter)
        super().format_epilog(ctx, formatter)


class Group(click.Group):
    """A noun: its commands take the global options.

    Args:
        example: command lines that show its use.
    """

    command_class = Command

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options as `Command` does, then the commands."""
        _format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example last."""
        _format_example(self.example, formatter)
        super().format_epilog(ctx, formatter)


def add_global_options(command: click.Command) -> None:
    """Let a command take the global options."""
    command.params += [
        GlobalOption("--subscription", metavar="ID", help="Subscription of the workspace."),
        GlobalOption("--resource-group", "-g", metavar="NAME", help="Its resource group."),
        GlobalOption("--workspace", "-w", metavar="NAME", help="The workspace."),
        GlobalOption("--endpoint", metavar="URL", help="A local workspace, or another cloud."),
        GlobalOption(
            "--output", "-o", type=click.Choice(["table", "json"]), help="How to print results."
        ),
        GlobalOption("--debug", is_flag=True, help="Show tracebacks."),
    ]


def _remember(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value and parameter.name:
        setattr(ctx.ensure_object(Session), parameter.name, value)


def _format_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    sections: dict[str, list[tuple[str, str]]] = {"Options": [], "Global options": []}
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record and isinstance(parameter, click.Option):
            is_global = isinstance(parameter, GlobalOption)
            sections["Global options" if is_global else "Options"].append(record)
    for title, records in sections.items():
        if records:
            with formatter.section(title):
                formatter.write_dl(records)


def _format_example(example: str, formatter: click.HelpFormatter) -> None:
    if example:
        with formatter.section("Example"):
            formatter.write("".join(f"  {line}\n" for line in example.splitlines()))
