"""Rules between the newer wire shape and the stored form: values that have another place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """A value at another path: ``newer`` on the wire, ``stored`` in the store."""

    newer: str
    stored: str


def read_moves(moves: Iterable[Move], body: Json) -> None:
    """Move the values of a body in the newer shape to their place in the stored form."""
    for move in moves:
        relocate(body, move.newer, move.stored)


def show_moves(moves: Iterable[Move], body: Json) -> None:
    """Move the values of a stored body to their place in the newer shape."""
    for move in moves:
        relocate(body, move.stored, move.newer)


def relocate(body: Json, source: str, target: str) -> None:
    """Move the value at a dotted path to another one; nothing happens where there is none."""
    value = take(body, source)
    if value is not None:
        put(body, target, value)


def take(body: Json, path: str) -> Any:
    """Remove and return the value at a dotted path, None if there is none.

    Objects that become empty are removed, too.
    """
    key, _, rest = path.partition(".")
    if not rest:
        return body.pop(key, None)
    inner = body.get(key)
    if not isinstance(inner, dict):
        return None
    value = take(inner, rest)
    if value is not None and not inner:
        del body[key]
    return value


def put(body: Json, path: str, value: Any) -> None:
    """Set the value at a dotted path; objects on the way are created."""
    *way, last = path.split(".")
    for key in way:
        inner = body.get(key)
        if not isinstance(inner, dict):
            inner = body[key] = {}
        body = inner
    present = body.get(last)
    if isinstance(present, dict) and isinstance(value, dict):
        value = {**present, **value}
    body[last] = value


def reword(body: Json, key: str, words: Mapping[str, str]) -> None:
    """Replace a word by its counterpart; words without one are kept."""
    value = body.get(key)
    if isinstance(value, str):
        body[key] = words.get(value, value)


def reversed_words(words: Mapping[str, str]) -> dict[str, str]:
    """Return the words of the other direction."""
    return {stored: newer for newer, stored in words.items()}
