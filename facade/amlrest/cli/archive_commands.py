"""Commands of jobs and assets that can be archived: archive, restore, update; options of lists."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli.click_classes import pairs
from amlrest.cli.screen import messages
from amlrest.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from amlrest import Workspace
    from amlrest.cli.click_classes import Group

    Decorator = Callable[[Any], Any]

_CHANGEABLE = ("description", "stage")
limit_option = click.option(
    "--limit",
    "--max-results",
    "-r",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="Maximum number.  [default: all]",
)
job_limit_option = click.option(
    "--limit",
    "--max",
    "--max-results",
    "-r",
    type=click.IntRange(min=0),
    metavar="NUMBER",
    default=50,
    show_default=True,
    help="Maximum number; 0 for all.",
)


def options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a list that say whether archived ones are in it."""

    @click.option("--include-archived", is_flag=True, help="Also those that are archived.")
    @click.option("--archived-only", is_flag=True, help="Only those that are archived.")
    @wraps(function)
    def with_archived(*args: Any, include_archived: bool, archived_only: bool, **rest: Any) -> Any:
        archived = None if include_archived else archived_only
        return function(*args, archived=archived, **rest)

    return with_archived


def add_archive(group: Group, one: str, argument: Decorator, sample: str) -> None:
    """Add the commands `archive` and `restore` to a group.

    Args:
        group: the command group.
        one: one of its resources, for help.
        argument: says which one: ``name`` or ``reference``.
        sample: arguments for the examples.
    """
    _add_flag(group, "archive", f"Hide {one} in lists.", argument, sample, archived=True)
    _add_flag(group, "restore", f"Show {one} in lists again.", argument, sample, archived=False)


def _add_flag(
    group: Group, verb: str, text: str, argument: Decorator, sample: str, *, archived: bool
) -> None:
    @group.command(
        verb,
        help=f"{text}\n\nAPI versions before 2022-05-01 do not have this.",
        example=f"amlrest {group.name} {verb} {sample} --api-version 2024-10-01",
        without=("output",),
    )
    @argument
    @pass_session
    def command(session: Session, /, **which: str) -> None:
        (name,) = which.values()
        with session.connect() as workspace:
            for found in _found(group, workspace, name, archived=not archived):
                found.is_archived = archived
                group.of(workspace).update(found)
        messages().line(f"{group.name} {name} {verb}d")


def _found(group: Group, workspace: Workspace, name: str, *, archived: bool) -> Iterable[Any]:
    """Return a job or a version; of an asset without a version, all that are to be changed."""
    resources = group.of(workspace)
    if hasattr(resources, "versions") and ":" not in name.removeprefix("azureml:"):
        return list(resources.versions(name, archived=archived))
    return [resources.get(name)]


def add_update(group: Group, one: str, argument: Decorator, sample: str) -> None:
    """Add the command `update` to a group; see `add_archive`."""

    @group.command(
        help=(
            f"Change {one}.\n\nWhat can change: description and tags.KEY; of an asset stage, too."
        ),
        example=f"amlrest {group.name} update {sample}",
        without=("output",),
    )
    @argument
    @click.option(
        "--set",
        "changes",
        multiple=True,
        required=True,
        metavar="PATH=VALUE",
        help="New value; repeatable.",
    )
    @pass_session
    def update(session: Session, /, changes: tuple[str, ...], **which: str) -> None:
        (name,) = which.values()
        wanted = pairs(changes, "PATH=VALUE")
        with session.connect() as workspace:
            found = group.of(workspace).get(name)
            for path, value in wanted.items():
                _change(found, path, value)
            group.of(workspace).update(found)
        messages().line(f"{group.name} {name} updated")


def _change(resource: Any, path: str, value: str) -> None:
    head, _, key = path.partition(".")
    if head == "tags" and key:
        resource.tags = {**(resource.tags or {}), key: value}
    elif path in _CHANGEABLE and hasattr(resource, path):
        setattr(resource, path, value)
    else:
        known = ", ".join(["tags.KEY", *(name for name in _CHANGEABLE if hasattr(resource, name))])
        raise click.UsageError(f"{path} cannot change; use one of {known}.")
