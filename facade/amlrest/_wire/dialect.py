"""Dialects: where attributes stand in the JSON of one wire shape.

The classes of `amlrest.resources` say where their attributes stand in the first shape,
2021-03-01-preview. A dialect lists what is different in another shape, class by class; what it
does not list stays where it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from amlrest._wire.fields import SECOND_SHAPE, Codec, JsonPath, WireField, resolve, wire_fields

PREVIEW_ONLY = "none"
"""``since`` of what no stable API version has."""


class At(NamedTuple):
    """An attribute with another place or another form.

    Attributes:
        path: as in `wire`.
        codec: its form; the attribute's own when None.
        since: the first API version that has it; the first of the shape when None.
        preview: the first preview version that has it, where that is an earlier one.
        read_only: what to do instead of setting it; it may be set when None.
        instead: what to do in versions that do not have it; to choose another one when None.
    """

    path: str
    codec: Codec | None = None
    since: str | None = None
    preview: str | None = None
    read_only: str | None = None
    instead: str | None = None


class Never(NamedTuple):
    """An attribute that cannot be sent.

    Attributes:
        instead: what to do instead.
    """

    instead: str


class Elsewhere(NamedTuple):
    """An attribute that another entry places, or whose absence changes nothing."""


class Joined(NamedTuple):
    """Several attributes that make one field; the codec takes and returns a tuple of them."""

    names: tuple[str, ...]
    path: str
    codec: Codec


class Constant(NamedTuple):
    """A field that is no attribute.

    Attributes:
        value: what it always is.
        when: written only when something stands at this path; always when None.
    """

    value: Any
    when: str | None = None


Place = At | Never | Elsewhere


class Table(NamedTuple):
    """What is different for one class, and for the classes below it.

    Attributes:
        places: by attribute; ``trial.inputs`` is an attribute of an attribute.
        joined: attributes that make one field.
        constants: by path; None for the class's own.
        type: discriminator and value; None for the class's own.
        never: what to use instead of the class, where the shape does not have it.
    """

    places: Mapping[str, Place] = {}
    joined: tuple[Joined, ...] = ()
    constants: Mapping[str, Constant] | None = None
    type: tuple[str, str] | None = None
    never: str | None = None


class Dialect:
    """One wire shape, as one API version speaks it.

    Args:
        api_version: the API version.
        tables: what is different, by class name.
    """

    def __init__(self, api_version: str, tables: Mapping[str, Table]) -> None:
        self.api_version = api_version
        self._tables = tables

    def __repr__(self) -> str:
        """Name the API version."""
        return f"<Dialect {self.api_version}>"

    def tables(self, cls: type) -> list[Table]:
        """Return the tables for a class, its own first."""
        return [self._tables[one.__name__] for one in cls.__mro__ if one.__name__ in self._tables]

    def type_of(self, cls: Any) -> tuple[str, str] | None:
        """Return the discriminator of a class and its value."""
        return next((t.type for t in self.tables(cls) if t.type), cls.WIRE_TYPE)

    def constants(self, value: Any) -> dict[str, Constant]:
        """Return what stands in the JSON of an object without being an attribute, by path."""
        kind = self.type_of(type(value))
        found = {kind[0]: Constant(kind[1])} if kind else {}
        own = [t.constants for t in self.tables(type(value)) if t.constants is not None]
        if own:
            return found | {k: c for table in reversed(own) for k, c in table.items()}
        special = value.wire_constants()
        if type(value).WIRE_TYPE:
            special.pop(type(value).WIRE_TYPE[0], None)
        return found | {path: Constant(text) for path, text in special.items()}


class Entry(NamedTuple):
    """One field of a layout.

    Attributes:
        names: the attribute, or those that make the field together.
        path: keys from the top; empty when the field cannot be sent.
        codec: reads and writes it.
        refusal: why it cannot be sent, and what to do instead.
        is_preview: whether only some preview versions are known to have it.
    """

    names: tuple[str, ...]
    path: JsonPath
    codec: Codec
    refusal: str | None = None
    is_preview: bool = False

    def get(self, value: Any) -> Any:
        """Return what an object has for it; None when all is None."""
        found = tuple(_attribute(value, name) for name in self.names)
        return found[0] if len(found) == 1 else (None if found == (None,) * len(found) else found)

    def set(self, value: Any, found: Any) -> None:
        """Store what was read."""
        several = len(self.names) > 1 and isinstance(found, tuple)
        for name, one in zip(self.names, found if several else [found], strict=False):
            way, _, last = name.rpartition(".")
            target = _attribute(value, way) if way else value
            if hasattr(target, last):
                object.__setattr__(target, last, one)


def _attribute(value: Any, name: str) -> Any:
    for step in name.split("."):
        value = getattr(value, step, None)
    return value


def layout_of(cls: Any, dialect: Dialect | None) -> list[Entry]:
    """Return where the attributes of a class stand; those of an attribute come last."""
    own = dict(wire_fields(cls))
    if dialect is None:
        return [_own_entry(cls, name, field) for name, field in own.items()]
    tables = dialect.tables(cls)
    joined = {one.path: one for table in reversed(tables) for one in table.joined}
    places = {k: v for table in reversed(tables) for k, v in table.places.items()}
    together = {name for one in joined.values() for name in one.names}
    entries = [
        _entry(cls, dialect, name, field, places.get(name))
        for name, field in own.items()
        if name not in together and not isinstance(places.get(name), Elsewhere)
    ]
    entries += [
        Entry(one.names, resolve(cls.WIRE_ROOT, one.path), bound(one.codec, dialect))
        for one in joined.values()
    ]
    return entries + [
        _placed(cls, dialect, name, place, _inner_codec(own, name))
        for name, place in places.items()
        if "." in name and isinstance(place, At)
    ]


def _inner_codec(own: Mapping[str, WireField], name: str) -> Any:
    """Return the codec of an attribute of an attribute that is always of one class."""
    outer, _, inner = name.partition(".")
    cls = getattr(own[outer].codec, "cls", None)
    return dict(wire_fields(cls))[inner].codec if cls else None


def _own_entry(cls: Any, name: str, field: WireField) -> Entry:
    if field.since is None:
        return Entry((name,), resolve(cls.WIRE_ROOT, field.path), field.codec)
    refusal = None if field.hint else _later(field)
    return Entry((name,), (), field.codec, refusal)


def _later(field: WireField) -> str:
    """Return that an attribute needs a later API version, how to choose it, and what else to do."""
    instead = f"; {field.instead}" if field.instead else ""
    return f"needs API version {field.since} or later (api_version=, --api-version){instead}"


def _entry(cls: Any, dialect: Dialect, name: str, field: WireField, place: Place | None) -> Entry:
    codec = bound(field.codec, dialect)
    if isinstance(place, Never):
        refusal = f"not in API version {dialect.api_version}; {place.instead}"
        return Entry((name,), (), codec, refusal)
    if not isinstance(place, At):
        return Entry((name,), resolve(cls.WIRE_ROOT, field.path), codec)
    return _placed(cls, dialect, name, place, codec)


def _placed(cls: Any, dialect: Dialect, name: str, place: At, codec: Codec) -> Entry:
    path = resolve(cls.WIRE_ROOT, place.path)
    codec = bound(place.codec or codec, dialect)
    is_preview = place.preview is not None and dialect.api_version.endswith("-preview")
    return Entry((name,), path, codec, _refusal(place, dialect.api_version), is_preview)


def _refusal(place: At, api_version: str) -> str | None:
    """Return why an attribute cannot be sent in an API version, and what to do instead."""
    is_preview = api_version.endswith("-preview")
    first = (place.preview if is_preview else None) or place.since
    if first is None or api_version[:10] >= first[:10]:
        return place.read_only
    needed = f"API version {place.since}"
    if place.since == PREVIEW_ONLY:
        needed = f"a preview API version, {place.preview}"
    elif place.preview:
        needed = f"API version {place.since}, or the preview {place.preview},"
    instead = f"; {place.instead}" if place.instead else ""
    return f"needs {needed} or later; this is {api_version}{instead}"


def class_refusal(cls: Any, dialect: Dialect | None) -> str | None:
    """Return why an API version does not have a class, and what to do instead; None if it has."""
    version = dialect.api_version[:10] if dialect else ""
    later_than_shape = cls.SINCE and (dialect is None or cls.SINCE > SECOND_SHAPE)
    if later_than_shape and version < cls.SINCE[:10]:
        return f"{cls.__name__} needs API version {cls.SINCE} or later"
    tables = dialect.tables(cls) if dialect else []
    instead = next((table.never for table in tables if table.never), None)
    if dialect is None or instead is None:
        return None
    return f"API version {dialect.api_version} has no {cls.__name__}; {instead}"


def bound(codec: Any, dialect: Dialect) -> Any:
    """Return a codec as it is in a dialect; only codecs of objects differ."""
    return codec.bind(dialect) if hasattr(codec, "bind") else codec
