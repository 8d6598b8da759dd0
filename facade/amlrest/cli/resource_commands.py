"""Commands that most kinds of resource have: list, show and delete."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli.click_classes import Name
from amlrest.cli.operation_progress import shown, wait_options
from amlrest.cli.screen import messages
from amlrest.cli.session import YES, Session, confirm, pass_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest.cli.click_classes import Group
    from amlrest.cli.session import Columns

    Decorator = Callable[[Any], Any]


def add_list(group: Group, text: str, columns: Columns, sample: str = "", parent: str = "") -> None:
    """Add the command `list` to a group.

    Args:
        group: the command group.
        text: its help.
        columns: of the table.
        sample: arguments for the example.
        parent: name of the parent's argument, of resources that have one.
    """
    example = f"amlrest {group.name} list {sample}".rstrip()

    @group.command("list", help=text, example=example)
    @_arguments(*filter(None, [parent]))
    @pass_session
    def list_(session: Session, /, **above: str) -> None:
        with session.connect() as workspace:
            session.show_list(group.of(workspace).list(*above.values()), columns)


def add_show(group: Group, text: str, facts: Columns, sample: str, parent: str = "") -> None:
    """Add the command `show` to a group.

    Args:
        group: the command group.
        text: its help.
        facts: what it prints.
        sample: arguments for the example.
        parent: name of the parent's argument, of resources that have one.
    """
    path = [*filter(None, [parent]), "name"]

    @group.command(help=text, example=f"amlrest {group.name} show {sample}")
    @_arguments(*path)
    @pass_session
    def show(session: Session, /, **names: str) -> None:
        with session.connect() as workspace:
            session.show(group.of(workspace).get(*(names[each] for each in path)), facts)


def add_delete(
    group: Group,
    text: str,
    sample: str,
    *options: Decorator,
    parent: str = "",
    question: str = "Delete {what} {name}?",
) -> None:
    """Add the command `delete` to a group.

    Args:
        group: the command group.
        text: its help.
        sample: arguments for the example.
        *options: further options, which the method `delete` has too; with `wait_options`, the
            deletion is a long-running operation.
        parent: name of the parent's argument, of resources that have one.
        question: what is asked first; `what` is the kind, the rest are the arguments.
    """
    path, what = [*filter(None, [parent]), "name"], group.name.replace("-", " ")

    @group.command(
        help=text, example=f"amlrest {group.name} delete {sample} --yes", without=("output",)
    )
    @_arguments(*path)
    @YES
    @_all(*options)
    @pass_session
    def delete(session: Session, /, *, yes: bool, **given: Any) -> None:
        confirm(question.format(what=what, **given), yes)
        names = [given.pop(each) for each in path]
        done = f"{what} {names[-1]}"
        progress = shown(f"deletion of {done}", session.again)
        with session.connect() as workspace, progress if wait_options in options else nullcontext():
            existed = group.of(workspace).delete(*names, **given)
        messages().line(f"{done} deleted" if existed else f"{done} does not exist")


def _arguments(*names: str) -> Decorator:
    """Return a decorator that adds an argument for each name; ``endpoint_name`` is ENDPOINT."""
    return _all(
        *(click.argument(e, cls=Name, metavar=e.removesuffix("_name").upper()) for e in names)
    )


def _all(*decorators: Decorator) -> Decorator:
    """Return a decorator that applies several, as if they stood one below the other."""

    def decorate(function: Any) -> Any:
        for each in reversed(decorators):
            function = each(function)
        return function

    return decorate
