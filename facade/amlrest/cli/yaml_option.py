"""YAML files on the command line: read the resource of a command group, or name the right group."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli.click_classes import LOCATE, Argument, Group, pairs
from amlrest.cli.errors import CommandError
from amlrest.cli.program import program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.shell_completion import CompletionItem


_CHANGES = "amlrest.changes"
EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _YamlFile(click.Path):
    """An existing YAML file; the shell completes YAML files and folders."""

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - as click calls it
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Return the YAML files and the folders that a path may be the beginning of."""
        from click.shell_completion import CompletionItem

        folder, _, name = incomplete.rpartition("/")
        base = f"{folder}/" if folder or incomplete.startswith("/") else ""
        found = [
            f"{base}{each.name}{'/' if each.is_dir() else ''}"
            for each in sorted(Path(base or ".").expanduser().glob("*"))
            if each.name.startswith(name)
            and (name or not each.name.startswith("."))
            and (each.is_dir() or each.suffix in {".yml", ".yaml"})
        ]
        if len(found) == 1 and found[0].endswith("/"):  # the shell adds no blank after a folder
            return [CompletionItem(incomplete, type="file")]
        return [CompletionItem(each) for each in found]


YAML_FILE = _YamlFile(exists=True, dir_okay=False, path_type=Path)


def _keep_changes(ctx: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> None:
    changes = pairs(texts, "PATH=VALUE")
    ctx.meta[_CHANGES] = {path.strip(): value for path, value in changes.items()}


_SET = click.option(
    "--set",
    multiple=True,
    metavar="PATH=VALUE",
    expose_value=False,
    callback=_keep_changes,
    help="Value in place of the file's; repeatable.",
)


def option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options ``--file`` and ``--set``."""
    file = click.option("--file", "-f", type=YAML_FILE, help="YAML file; options override it.")
    return file(_SET(function))


def file_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the YAML file as an argument, or as the option that ``az ml`` has, and ``--set``."""
    argument = click.argument("file", cls=Argument, as_option=("--file", "-f"), type=YAML_FILE)
    return argument(_SET(function))


def load(file: Path, group: Group) -> Any:
    """Return the resource that a YAML file describes, with the values of ``--set``.

    Raises:
        CommandError: the file describes a resource of another group.
        ValidationError: the file is not valid.
    """
    from amlrest import jobfile

    meta = click.get_current_context().meta
    reading = jobfile.open_file(file, group.schema, meta.get(_CHANGES))
    found = reading.value
    meta[LOCATE] = reading.locate
    subject = found.endpoint if isinstance(found, jobfile.Deployed) else found
    if not group.manages(subject):
        raise _belongs_elsewhere(file, subject, group)
    return found


def load_or_create(file: Path | None, group: Group, kind: str | None = None, **options: Any) -> Any:
    """Return the resource of a file with options in place of its values, or of options alone.

    Args:
        file: the YAML file, if any.
        group: the command group that the resource is for.
        kind: its class, if there is no file; the group's default when None.
        options: attributes of the resource; None for an option that is not given.

    Raises:
        click.UsageError: the resource in the file has no such attribute.
        CommandError: the file describes a resource of another group.
    """
    import amlrest

    if file is None:
        if click.get_current_context().meta.get(_CHANGES):
            raise click.UsageError("--set changes values of a file; add --file.")
        return getattr(amlrest, kind or group.default)(**options)
    found = load(file, group)
    for name, value in options.items():
        if value is None:
            continue
        if not hasattr(found, name):
            raise click.UsageError(f"{file} describes {a(type(found).__name__)} without {name}.")
        setattr(found, name, value)
    return found


def require(file: Path | None, **options: Any) -> None:
    """Check that all options are given unless there is a file.

    Raises:
        click.UsageError: names the missing options.
    """
    missing = [name for name, value in options.items() if value is None]
    if file is None and missing:
        raise click.UsageError(f"Missing {' and '.join(missing)}; or use --file.")


def a(words: str) -> str:
    """Return words with their indefinite article."""
    return f"{'an' if words[0] in 'aeiouAEIOU' else 'a'} {words}"


def _belongs_elsewhere(file: Path, resource: Any, group: Group) -> CommandError:
    owner = next((each for each in _groups() if each.manages(resource)), None)
    if owner is None:
        what = a(type(resource).__name__)
        return CommandError(
            f"{file} describes {what}, not {_described(group)}",
            hint=f"no command reads {what} from a file; use the Python library",
        )
    return CommandError(
        f"{file} describes {_described(owner)}, not {_described(group)}",
        hint=f"{program()} {owner.name} {owner.reader} {shlex.quote(str(file))}",
    )


def _groups() -> Iterator[Group]:
    """Yield all command groups, found from the root of the current command."""
    context = click.get_current_context().find_root()
    if isinstance(context.command, Group):
        names = context.command.list_commands(context)
        found = (context.command.get_command(context, name) for name in names)
        yield from (each for each in found if isinstance(each, Group))


def _described(group: Group) -> str:
    return "a data asset" if group.name == "data" else a(group.name.replace("-", " "))
