"""Targets of errors: JSON paths of the stored form as paths of the newer wire shape."""

from __future__ import annotations

from collections.abc import Iterable

from amlrest_emulator.shapes.rules import Move

_DATASTORE_URI = ("datastoreId", "pathOnDatastore", "dataId")


def field_of(path: str, moves: Iterable[Move]) -> str:
    """Return the path of a field in the newer shape.

    Args:
        path: path in the stored form.
        moves: fields with another place; of several that fit, the longest decides.
    """
    fitting = [move for move in moves if f"{path}.".startswith(f"{move.stored}.")]
    if fitting:
        move = max(fitting, key=lambda item: len(item.stored))
        path = f"{move.newer}{path.removeprefix(move.stored)}"
    head, _, last = path.rpartition(".")
    return f"{head}.uri" if last in _DATASTORE_URI and head.count(".") else path


def below_properties(moves: Iterable[Move]) -> tuple[Move, ...]:
    """Return moves within ``properties`` as moves within the whole body."""
    return tuple(Move(f"properties.{each.newer}", f"properties.{each.stored}") for each in moves)
