"""Where an attribute stands in the service's JSON."""

from typing import Any, NamedTuple, Protocol

import attrs

JsonPath = tuple[str, ...]


class Scope(NamedTuple):
    """What names are relative to when a request is written."""

    workspace_id: str


class Codec(Protocol):
    """Reads and writes one kind of value."""

    def read(self, raw: Any) -> Any:
        """Return the Python value; ``raw`` itself where it is not understood."""

    def write(self, value: Any, scope: Scope | None, where: str) -> Any:
        """Return the JSON value.

        Raises:
            ValidationError: ``value`` cannot be sent; the message starts with ``where``.
        """


class WireField(NamedTuple):
    """One attribute: its path below the class's root (or the top, with a leading slash)."""

    path: str
    codec: Codec


def wire(path: str, codec: Codec) -> dict[str, WireField]:
    """Return the attrs metadata of an attribute that stands at ``path`` (dots go inwards)."""
    return {"wire": WireField(path, codec)}


def wire_fields(cls: type) -> list[tuple[str, WireField]]:
    """Return the attributes of ``cls`` that have a place in the JSON."""
    fields = attrs.fields(cls)
    return [(f.name, f.metadata["wire"]) for f in fields if "wire" in f.metadata]


def resolve(root: str, path: str) -> JsonPath:
    """Return ``path`` as keys from the top."""
    if path.startswith("/"):
        return tuple(path[1:].split("."))
    return tuple(f"{root}.{path}".strip(".").split("."))


def look_up(data: Any, path: JsonPath) -> Any:
    """Return what stands at ``path``; None when nothing does."""
    for key in path:
        if not isinstance(data, dict):
            return None
        data = data.get(key)
    return data


def put(data: dict[str, Any], path: JsonPath, value: Any) -> None:
    """Set ``path``, making the objects on the way."""
    *way, last = path
    for key in way:
        inner = data.get(key)
        if not isinstance(inner, dict):
            inner = data[key] = {}
        data = inner
    data[last] = value


def remove(data: dict[str, Any], path: JsonPath) -> None:
    """Drop ``path`` and objects that are empty without it."""
    head, *rest = path
    inner = data.get(head)
    if rest and isinstance(inner, dict):
        remove(inner, tuple(rest))
        if not inner:
            del data[head]
    elif not rest:
        data.pop(head, None)
