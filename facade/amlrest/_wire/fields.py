"""Wire fields: the path and codec of an attribute in the service's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence

JsonPath = tuple[str, ...]
SECOND_SHAPE = "2022-05-01"
"""First stable API version of the later wire shape."""


class Scope(NamedTuple):
    """What a request is written for.

    Attributes:
        workspace_id: what names are relative to.
        dialect: the wire shape; the one of 2021-03-01-preview when None.
    """

    workspace_id: str
    dialect: Any = None


FIRST_SHAPE = Scope(
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
)
"""The wire shape of 2021-03-01-preview, for checks: of a workspace that need not exist."""


class Codec(Protocol):
    """Converts one kind of value from and to JSON."""

    def read(self, raw: Any) -> Any:
        """Return the Python value; ``raw`` itself if it is malformed."""

    def write(self, value: Any, scope: Scope | None, where: str) -> Any:
        """Return the JSON value.

        Raises:
            ValidationError: ``value`` is invalid; the message starts with ``where``.
        """


class WireField(NamedTuple):
    """Path of an attribute below the class's root (from the top with a leading slash), and codec."""

    path: str
    codec: Codec
    since: str | None = None
    hint: bool = False
    instead: str = ""


def later(
    since: str, codec: Codec, *, hint: bool = False, instead: str = ""
) -> dict[str, WireField]:
    """Return the attrs metadata of an attribute that only later wire shapes have.

    Args:
        since: the first API version that has it.
        codec: its form.
        hint: whether a request without it means the same.
        instead: what to do in an earlier version.
    """
    return {"wire": WireField("", codec, since, hint, instead)}


def wire(path: str, codec: Codec) -> dict[str, WireField]:
    """Return the attrs metadata of an attribute at ``path``, whose keys are joined by dots."""
    return {"wire": WireField(path, codec)}


def wire_fields(cls: type) -> list[tuple[str, WireField]]:
    """Return the attributes of ``cls`` that are part of the JSON."""
    fields = attrs.fields(cls)
    return [(f.name, f.metadata["wire"]) for f in fields if "wire" in f.metadata]


def normalised(_cls: type, fields: Sequence[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Field transformer of attrs: words and durations are normalised when they are set."""
    return [_normalised(each) for each in fields]


def _normalised(attribute: attrs.Attribute[Any]) -> attrs.Attribute[Any]:
    codec = attribute.metadata["wire"].codec if "wire" in attribute.metadata else None
    normalise = getattr(codec, "normalise", None)
    if normalise is None or attribute.converter is not None:
        return attribute
    return attribute.evolve(converter=normalise)


def resolve(root: str, path: str) -> JsonPath:
    """Return ``path`` as a tuple of keys from the top."""
    if path.startswith("/"):
        return tuple(path[1:].split("."))
    return tuple(f"{root}.{path}".strip(".").split("."))


def look_up(data: Any, path: JsonPath) -> Any:
    """Return the value at ``path``; None when there is none."""
    for key in path:
        if not isinstance(data, dict):
            return None
        data = data.get(key)
    return data


def put(data: dict[str, Any], path: JsonPath, value: Any) -> None:
    """Set the value at ``path``, creating intermediate objects."""
    *parents, last = path
    for key in parents:
        inner = data.get(key)
        if not isinstance(inner, dict):
            inner = data[key] = {}
        data = inner
    data[last] = value


def remove(data: dict[str, Any], path: JsonPath) -> None:
    """Remove ``path`` and objects that become empty."""
    head, *rest = path
    inner = data.get(head)
    if rest and isinstance(inner, dict):
        remove(inner, tuple(rest))
        if not inner:
            del data[head]
    elif not rest:
        data.pop(head, None)
