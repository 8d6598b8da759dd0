"""Commands of versioned assets: list, show, create, delete, with their columns."""

from __future__ import annotations

from functools import wraps
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import archive_commands, render, yaml_option
from amlrest.cli.click_classes import Argument, Name, pairs
from amlrest.cli.screen import messages
from amlrest.cli.session import YES, Session, confirm, pass_session
from amlrest.cli.transfer_progress import uploading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from amlrest.cli.click_classes import Group
    from amlrest.cli.session import Columns

_ARCHIVABLE = frozenset({"data", "environment", "model"})
_CREATED: Columns = {"CREATED": lambda asset: render.moment(asset.created_at)}
_NAME: Columns = {"NAME": lambda asset: asset.name}
_VERSION: Columns = {"VERSION": lambda asset: asset.version}
_DESCRIPTION: Columns = {"DESCRIPTION": lambda asset: asset.description}
FACTS: Columns = {
    **_NAME,
    **_VERSION,
    **_DESCRIPTION,
    "TYPE": lambda asset: getattr(asset, "type", None),
    "PATH": lambda asset: None if (path := getattr(asset, "path", None)) is None else str(path),
    "DATASTORE": lambda asset: str(getattr(asset, "datastore", None) or "").rpartition("/")[2],
    "TAGS": lambda asset: render.labels(asset.tags),
    **_CREATED,
    "ID": lambda asset: asset.id,
}
"""What `show` prints."""


def tags(
    _ctx: click.Context | None, _parameter: click.Parameter | None, texts: tuple[str, ...]
) -> dict[str, str] | None:
    """Parse ``--tag key=value`` options.

    Raises:
        click.BadParameter: there is no ``=``.
    """
    return pairs(texts, "key=value") or None


def tag_option(description: str) -> Callable[..., Any]:
    """Return the repeatable option ``--tag KEY=VALUE``."""
    return click.option(
        "--tag",
        "--tags",
        "tags",
        multiple=True,
        metavar="KEY=VALUE",
        callback=tags,
        help=description,
    )


def description_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that describe a version of an asset."""
    for option in (
        tag_option("Tag; repeatable."),
        click.option("--description", help="Description."),
        click.option("--version", "-v", help="Version.  [default: derived from content]"),
    ):
        function = option(function)
    return function


def _no_options(function: Callable[..., Any]) -> Callable[..., Any]:
    return function


def reference_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument NAME[:VERSION], or NAME with the option ``--version`` of ``az ml``."""

    @click.argument("reference", cls=Name, metavar="NAME[:VERSION]")
    @click.option("--version", "-v", metavar="VERSION", help="Instead of NAME:VERSION.")
    @wraps(function)
    def with_version(*args: Any, reference: str, version: str | None, **rest: Any) -> Any:
        own = reference.removeprefix("azureml:").partition(":")[2]
        if version and own:
            raise click.UsageError(f"{reference} has a version; leave out --version.")
        wanted = f"{reference}:{version}" if version else reference
        return function(*args, reference=wanted, **rest)

    return with_version


def add_list_show_delete(
    group: Group, names: tuple[str, str], sample: str, facts: Columns = FACTS
) -> None:
    """Add the commands `list`, `show` and `delete` to a group.

    Args:
        group: the command group.
        names: one and several of them, for help.
        sample: a name for the examples.
        facts: what `show` prints.
    """
    one, several = names
    archived = archive_commands.options if group.name in _ARCHIVABLE else _no_options

    @group.command(
        "list",
        help=f"List {several}, or the versions of one.",
        example=f"amlrest {group.name} list {sample}",
    )
    @click.argument("name", cls=Name, required=False)
    @archived
    @archive_commands.limit_option
    @pass_session
    def list_(
        session: Session, *, name: str | None, limit: int | None, archived: bool | None = False
    ) -> None:
        with session.connect() as workspace:
            assets = group.of(workspace)
            if name:
                columns = _NAME | _VERSION | _DESCRIPTION | _CREATED
                found = assets.versions(name, archived=archived)
                session.show_list(islice(found, limit), columns)
            else:
                found = assets.list(archived=archived)
                session.show_list(islice(found, limit), _NAME | _DESCRIPTION | _CREATED)

    @group.command(
        help="Show a version; the latest by default.",
        example=f"amlrest {group.name} show {sample}",
    )
    @reference_argument
    @click.option(
        "--label",
        "-l",
        type=click.Choice(["latest"]),
        expose_value=False,
        help="The latest version, as without it.",
    )
    @pass_session
    def show(session: Session, reference: str) -> None:
        with session.connect() as workspace:
            session.show(group.of(workspace).get(reference), facts)

    @group.command(
        help=f"Delete {one} or one version of it.\n\nUploaded files stay in the datastore.",
        example=f"amlrest {group.name} delete {sample}:1 --yes",
        without=("output",),
    )
    @reference_argument
    @YES
    @pass_session
    def delete(session: Session, reference: str, yes: bool) -> None:
        _, _, version = reference.removeprefix("azureml:").partition(":")
        versions = "" if version else " with all its versions"
        confirm(f"Delete {group.name} {reference}{versions}?", yes)
        with session.connect() as workspace:
            existed = group.of(workspace).delete(reference)
        done = f"{group.name} {reference}"
        messages().line(f"{done} deleted" if existed else f"{done} does not exist")


def add_changes(group: Group, one: str, sample: str) -> None:
    """Add the commands `archive`, `restore` and `update` to a group.

    Args:
        group: the command group.
        one: one of its assets, for help.
        sample: a version for the examples.
    """
    archive_commands.add_archive(group, one, reference_argument, sample)
    archive_commands.add_update(group, one, reference_argument, f"{sample} --set tags.stage=test")


def add_create(group: Group, one: str, sample: str, types: Sequence[str]) -> None:
    """Add the command `create NAME PATH` to a group.

    Args:
        group: the command group.
        one: one of them, for help.
        sample: name and path for the example.
        types: types that one of them can have.
    """

    @group.command(
        help=(
            f"Register {one}.\n\n"
            "A local file or folder is uploaded; a URL, and an output of a job, "
            "azureml://jobs/JOB/outputs/artifacts/paths/PATH, are stored as references."
        ),
        example=(
            f"amlrest {group.name} create {sample}\n"
            f"amlrest {group.name} create --file {group.name}.yml"
        ),
    )
    @click.argument("name", cls=Name, required=False)
    @click.argument("path", cls=Argument, as_option=("--path", "-p"), required=False)
    @click.option("--datastore", help="Datastore that PATH is in.")
    @click.option("--type", "-t", type=click.Choice(types), help="What the files are.")
    @description_options
    @yaml_option.option
    @pass_session
    def create(session: Session, /, file: Path | None, **options: Any) -> None:
        yaml_option.require(file, NAME=options["name"], PATH=options["path"])
        wanted = yaml_option.load_or_create(file, group, **options)
        with session.connect() as workspace:
            with uploading() as on_progress:
                made = group.of(workspace).create(wanted, on_progress=on_progress)
            session.show_created(made, FACTS)
