"""The commands of the program, found from the tree of its groups."""

from collections.abc import Iterator

import click
from amlrest.cli.app import app


def leaves(group: click.Group, words: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    """Yield the full name of each command below a group, and the command."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None, name
        if isinstance(found, click.Group):
            yield from leaves(found, (*words, name))
        else:
            yield " ".join((*words, name)), found


COMMANDS = dict(leaves(app, ("amlrest",)))
