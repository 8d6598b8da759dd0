"""Click classes: global options before or after the command, help in sections, resource groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from amlrest.cli.program import program
from amlrest.cli.results import FORMATS
from amlrest.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from click.shell_completion import CompletionItem

    from amlrest import Workspace

_AS_OPTIONS = "amlrest.as_options"
LOCATE = "amlrest.locate"
"""Key in a context's `meta` of a function that adds the place in a YAML file to an error."""


def pairs(texts: tuple[str, ...], form: str) -> dict[str, str]:
    """Return the pairs of a repeatable option such as ``--tag KEY=VALUE``.

    Args:
        texts: values of the option.
        form: how they are written, for the error.

    Raises:
        click.BadParameter: there is no ``=``.
    """
    for text in texts:
        if "=" not in text:
            raise click.BadParameter(f"{text!r} is not {form}")
    pieces = (text.partition("=") for text in texts)
    return {key: value for key, _, value in pieces}


class GlobalOption(click.Option):
    """An option that every command accepts; its value is kept in the session."""

    def __init__(self, *declarations: str, **settings: Any) -> None:
        super().__init__(declarations, expose_value=False, callback=_remember, **settings)


class Argument(click.Argument):
    """An argument that can be given as an option too, as ``az ml`` has it.

    Args:
        as_option: spellings of the option.
    """

    def __init__(self, *args: Any, as_option: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.as_option = as_option

    def option(self) -> click.Option:
        """Return the option."""
        shown = (self.metavar or str(self.name).upper()).partition("[")[0].strip()
        return _SameAs(self, [*self.as_option, f"{self.name}_as_option"], shown)

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        """Take no word of the command line if the option is given."""
        if self.name not in ctx.meta.get(_AS_OPTIONS, {}):
            super().add_to_parser(parser, ctx)

    def consume_value(
        self, ctx: click.Context, opts: Mapping[str, Any]
    ) -> tuple[Any, click.core.ParameterSource]:
        """Return the value of the argument, or of the option."""
        given = ctx.meta.get(_AS_OPTIONS, {})
        if self.name in given:
            value = given[self.name]
            value = tuple(value.split()) if self.nargs < 0 else value
            return value, click.core.ParameterSource.COMMANDLINE
        return super().consume_value(ctx, opts)


class _SameAs(click.Option):
    """The option of an argument."""

    def __init__(self, argument: Argument, declarations: list[str], name: str) -> None:
        super().__init__(
            declarations,
            expose_value=False,
            metavar=name,
            help=f"The same as the argument {name}.",
        )
        self.argument = argument

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete as the argument does."""
        return self.argument.shell_complete(ctx, incomplete)


class Name(Argument):
    """The name of a resource that the command group manages, which the shell completes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_endpoint = self.name == "endpoint_name"
        self.as_option = ("--endpoint-name", "-e") if is_endpoint else ("--name", "-n")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the names that begin with a text, as far as they are known in time."""
        from click.shell_completion import CompletionItem

        from amlrest.cli.completion import names

        group = ctx.parent.command if ctx.parent else None
        above = ctx.params.get("endpoint_name")
        collection = group.collection_of(self.name or "", above) if isinstance(group, Group) else ""
        found = names(ctx.ensure_object(Session), collection) if collection else []
        return [CompletionItem(name) for name in found if name.startswith(incomplete)]


class _Help(click.Command):
    """Help that lists global options in a section of their own and ends with examples.

    Args:
        example: command lines that show its use.
    """

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options first, then the global ones."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        for title, is_global in (("Options", False), ("Global options", True)):
            chosen = [o for o in options if isinstance(o, GlobalOption) is is_global]
            if records := [record for o in chosen if (record := o.get_help_record(ctx))]:
                with formatter.section(title):
                    formatter.write_dl([(names, _without_bound(text)) for names, text in records])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example last, with the program as it can be called from here."""
        if self.example:
            with formatter.section("Example"):
                lines = self.example.replace("amlrest ", f"{program()} ").splitlines()
                formatter.write("".join(f"  {line}\n" for line in lines))
        super().format_epilog(ctx, formatter)


def _without_bound(text: str) -> str:
    """Return the help of an option without a bound that is obvious."""
    return text.replace("  [x>=0]", "").replace("; x>=0]", "]")


class Command(_Help):
    """A command that accepts the global options.

    Args:
        without: names of global options that mean nothing to it, which its help leaves out.
    """

    def __init__(self, *args: Any, without: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += [
            each.option() for each in self.params if isinstance(each, Argument) and each.as_option
        ]
        add_global_options(self)
        hidden = {*without, "query"} if "output" in without else without
        for option in self.params:
            if isinstance(option, GlobalOption) and option.name in hidden:
                option.hidden = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line; arguments that are given as options come first."""
        try:
            given, _, _ = self.make_parser(ctx).parse_args([*args])
        except click.NoSuchOption as error:
            from amlrest.cli import az_names

            if advice := az_names.OPTIONS_INSTEAD.get(error.option_name):
                ctx.fail(f"{ctx.command_path} has no {error.option_name}; {advice}.")
            raise
        ctx.meta[_AS_OPTIONS] = {
            each.argument.name: given[each.name]
            for each in self.params
            if isinstance(each, _SameAs) and each.name in given
        }
        _, left_over, _ = self.make_parser(ctx).parse_args([*args])
        return super().parse_args(ctx, self._repeated(args) if left_over else args)

    def _repeated(self, args: list[str]) -> list[str]:
        """Repeat an option before each KEY=VALUE after its first: ``az`` takes several at once."""
        options = [each for each in self.params if isinstance(each, click.Option)]
        repeatable = {text for each in options if each.multiple for text in each.opts}
        words, option, is_first = [], "", False
        for word in args:
            if word.startswith("-"):
                option = word.partition("=")[0] if word.partition("=")[0] in repeatable else ""
                is_first = "=" not in word
            elif is_first or "=" not in word:
                option, is_first = option if is_first else "", False
            elif option:
                words.append(option)
            words.append(word)
        return words

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error about what a file says names the place in the file.

        Raises:
            ValidationError: as the command does.
        """
        from amlrest.errors import ValidationError

        try:
            return super().invoke(ctx)
        except ValidationError as error:
            located = ctx.meta[LOCATE](error) if LOCATE in ctx.meta else error
            raise located from None


class Group(_Help, click.Group):
    """A command group, and the resources that its YAML files describe.

    Args:
        collection: attribute of the workspace with the resources that it manages.
        resource: class of amlrest, by its name, that its YAML files describe, or its subclasses.
        default: the subclass that options alone describe, if it is another one.
        schema: the YAML schema of a file that does not name its own; the group's name by default.
        reader: the command, with options, that reads such a file.
    """

    command_class = Command

    def __init__(
        self,
        name: str,
        *,
        collection: str = "",
        resource: str = "",
        default: str = "",
        schema: str = "",
        reader: str = "create",
        **kwargs: Any,
    ) -> None:
        super().__init__(name, subcommand_metavar="COMMAND [ARGS]", **kwargs)
        self.name: str = name
        self._collection = collection
        self.resource = resource
        self.default = default or resource
        self.schema = schema or name
        self.reader = reader

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command to run; one of ``az ml`` has another name, or what to use instead."""
        if self.get_command(ctx, args[0]) is None:
            from amlrest.cli import az_names

            if advice := az_names.INSTEAD.get(self.name, {}).get(args[0]):
                ctx.fail(f"{ctx.command_path} has no {args[0]!r}; {advice}.")
            same = az_names.SAME_AS.get(self.name, {})
            if (near := _nearest(args[0], [*self.commands, *same])) in same and near != args[0]:
                ctx.fail(f"No such command {args[0]!r}. Did you mean {near!r}?")
            args = [same.get(args[0], args[0]), *args[1:]]
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete its commands; where none fits, those that ``az ml`` has under another name."""
        from click.shell_completion import CompletionItem

        from amlrest.cli import az_names

        names = az_names.SAME_AS.get(self.name, {})
        found = super().shell_complete(ctx, incomplete)
        return found or [CompletionItem(name) for name in names if name.startswith(incomplete)]

    def manages(self, resource: Any) -> bool:
        """Return whether a resource is one that its YAML files describe."""
        import amlrest

        return bool(self.resource) and isinstance(resource, getattr(amlrest, self.resource))

    def collection_of(self, argument: str, endpoint: str | None = None) -> str:
        """Return the collection with the names for an argument.

        Args:
            argument: its name.
            endpoint: the endpoint in the command line; without one, no deployments are known.
        """
        if not self._collection.endswith("deployments"):
            return self._collection
        if argument == "endpoint_name":
            return self._collection.replace("deployments", "endpoints")
        return f"{self._collection}/{endpoint}" if endpoint else ""

    def of(self, workspace: Workspace) -> Any:
        """Return the collection that it manages."""
        return getattr(workspace, self._collection)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options as `Command` does, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def _nearest(word: str, names: Sequence[str]) -> str:
    """Return the name that is most like a word; empty if none is."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, names, 1)), "")


class _Format(click.Choice[str]):
    """An output format; those of az with colours are those without."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert({"jsonc": "json", "yamlc": "yaml"}.get(value, value), param, ctx)


def add_global_options(command: click.Command) -> None:
    """Add the global options to a command."""
    command.params += [
        GlobalOption("--subscription", metavar="ID", help="Subscription ID."),
        GlobalOption("--resource-group", "-g", metavar="NAME", help="Resource group."),
        GlobalOption(
            "--workspace", "--workspace-name", "-w", metavar="NAME", help="Workspace name."
        ),
        GlobalOption("--endpoint", metavar="URL", help="API endpoint, such as a local workspace."),
        GlobalOption("--api-version", metavar="VERSION", help="API version of the requests."),
        GlobalOption(
            "--output",
            "-o",
            type=_Format(FORMATS),
            metavar="FORMAT",
            help="table (default), json, yaml, tsv or none.",
        ),
        GlobalOption("--query", metavar="JMESPATH", help="Part of the result to print."),
        GlobalOption("--debug", is_flag=True, help="Show tracebacks."),
    ]


def _remember(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value and parameter.name:
        setattr(ctx.ensure_object(Session), parameter.name, value)
