"""Conversion of whole resources to JSON and back."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any, TypeVar

import attrs

from amlrest._json import check_json
from amlrest._wire.codecs import MapOf
from amlrest._wire.dialect import Constant, Dialect, Entry, class_refusal, layout_of
from amlrest._wire.fields import FIRST_SHAPE, Codec, Scope, look_up, put, remove, resolve
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError

T = TypeVar("T", bound=WireObject)
_SET_BY_SERVICE = frozenset({"id", "name", "type", "systemData"})


_layout = cache(layout_of)


@cache
def _outer_first(cls: Any, dialect: Dialect | None) -> list[Entry]:
    """Order a layout for writing: an object before what stands inside it."""
    return sorted(_layout(cls, dialect), key=lambda entry: len(entry.path))


def to_wire(value: WireObject, scope: Scope | None = None, where: str = "") -> dict[str, Any]:
    """Return the JSON of ``value``: the JSON it was read from, with the changes made since.

    Args:
        value: a resource or a part of one.
        scope: the workspace that names refer to; without it only ids can be written.
        where: the prefix of attribute names in error messages.

    Raises:
        ValidationError: an attribute has an invalid value; the message names it.
    """
    where = where or type(value).__name__
    dialect = scope.dialect if scope else None
    raw = value.raw if value.dialect is dialect else {}
    out = copy.deepcopy(raw)
    changed = not raw
    kind: Any = type(value)
    refusal = class_refusal(kind, dialect)
    if refusal is not None:
        raise ValidationError(f"{where}: {refusal}")
    _require_attributes(value, where)
    for entry in _outer_first(kind, dialect):
        if _write(entry, value, raw, out, scope, where):
            changed = True
    if changed:
        _put_constants(value, out, dialect)
    return out


def _write(  # noqa: PLR0917
    entry: Entry,
    value: WireObject,
    raw: dict[str, Any],
    out: dict[str, Any],
    scope: Scope | None,
    where: str,
) -> bool:
    """Write one field; returns whether it differs from what was read."""
    current = entry.get(value)
    before = look_up(raw, entry.path) if entry.path else None
    if before is not None and entry.codec.read(before) == current:
        return False
    where = f"{where}.{entry.names[0]}"
    if current is None:
        if before is not None:
            remove(out, entry.path)
        return before is not None
    if entry.refusal is not None and not _is_default(value, entry, current):
        raise ValidationError(f"{where}: {entry.refusal}")
    if entry.path and entry.refusal is None:
        written = _written(entry.codec, current, before, scope, where)
        if written is not None:
            put(out, entry.path, written)
    return True


def _is_default(value: WireObject, entry: Entry, current: Any) -> bool:
    kind: Any = type(value)
    found = [a for a in attrs.fields(kind) if a.name == entry.names[0]]
    return bool(found) and bool(_default(found[0]) == current)


def _require_attributes(value: WireObject, where: str) -> None:
    """Raise if a required attribute is missing, except in a resource from the service."""
    missing = [name for name in value.REQUIRED if getattr(value, name) is None]
    if missing and not value.raw:
        raise ValidationError(f"{where}.{missing[0]} is missing")


def _written(codec: Codec, value: Any, before: Any, scope: Scope | None, where: str) -> Any:
    if isinstance(codec, MapOf):
        return codec.rewrite(value, before, scope, where)
    return codec.write(value, scope, where)


def _put_constants(value: WireObject, out: dict[str, Any], dialect: Dialect | None) -> None:
    own = {path: Constant(text) for path, text in value.wire_constants().items()}
    constants = dialect.constants(value) if dialect else own
    for name, constant in constants.items():
        if constant.when and look_up(out, resolve(value.WIRE_ROOT, constant.when)) is None:
            continue
        path = resolve(value.WIRE_ROOT, name)
        if not _same_word(look_up(out, path), constant.value):
            put(out, path, constant.value)


def _same_word(found: Any, wanted: Any) -> bool:
    both_text = isinstance(found, str) and isinstance(wanted, str)
    return found.lower() == wanted.lower() if both_text else bool(found == wanted)


def request_body(value: WireObject, scope: Scope | None = None) -> dict[str, Any]:
    """Return `to_wire` without the top-level fields that only the service sets."""
    body = {value.WIRE_ROOT: {}} | to_wire(value, scope)
    return {key: inner for key, inner in body.items() if key not in _SET_BY_SERVICE}


def check_sendable(value: WireObject, scope: Scope = FIRST_SHAPE, **instead: Any) -> None:
    """Raise if `to_wire` would.

    Args:
        value: a new resource.
        scope: the workspace; by default only the shape of 2021-03-01-preview is known.
        **instead: placeholders for attributes that are not resolved yet.

    Raises:
        ValidationError: an attribute has an invalid value; the message names it.
    """
    probe = copy.copy(value)
    for name, other in instead.items():
        setattr(probe, name, other)
    check_json(to_wire(probe, scope), type(value).__name__)


def from_wire(cls: type[T], raw: Any, dialect: Dialect | None = None) -> T:
    """Return a ``cls`` read from ``raw``; missing, null and unexpected values are tolerated.

    Args:
        cls: the class.
        raw: JSON.
        dialect: the wire shape it is in; that of 2021-03-01-preview when None.
    """
    data = copy.deepcopy(raw) if isinstance(raw, dict) else {}
    value = cls.__new__(cls)
    kind: Any = cls
    for attribute in attrs.fields(kind):
        object.__setattr__(value, attribute.name, _default(attribute))
    for entry in _layout(kind, dialect):
        found = look_up(data, entry.path) if entry.path else None
        entry.set(value, None if found is None else entry.codec.read(found))
    object.__setattr__(value, "raw", data)
    object.__setattr__(value, "dialect", dialect)
    value.identify()
    return value


def _default(attribute: attrs.Attribute[Any]) -> Any:
    default: Any = attribute.default
    if default is attrs.NOTHING:
        return None
    return default.factory() if hasattr(default, "factory") else default
