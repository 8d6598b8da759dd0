"""Conversion of whole resources to JSON and back."""

import copy
from functools import cache
from typing import Any, TypeVar

import attrs

from amlrest import _durations
from amlrest._wire.codecs import MapOf
from amlrest._wire.fields import (
    Codec,
    JsonPath,
    Scope,
    WireField,
    look_up,
    put,
    remove,
    resolve,
    wire_fields,
)
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError

T = TypeVar("T", bound=WireObject)
_SET_BY_SERVICE = frozenset({"id", "name", "type", "systemData"})


@cache
def _layout(cls: Any) -> list[tuple[str, JsonPath, WireField]]:
    return [(name, resolve(cls.WIRE_ROOT, field.path), field) for name, field in wire_fields(cls)]


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
    out = copy.deepcopy(value.raw)
    changed = not value.raw
    kind: Any = type(value)
    _require_attributes(value, where)
    for name, path, field in _layout(kind):
        current, before = getattr(value, name), look_up(value.raw, path)
        if before is not None and field.codec.read(before) == current:
            continue
        if current is not None:
            put(out, path, _written(field.codec, current, before, scope, f"{where}.{name}"))
            changed = True
        elif before is not None:
            remove(out, path)
            changed = True
    if changed:
        _put_constants(value, out)
    return out


def _require_attributes(value: WireObject, where: str) -> None:
    """Raise if a required attribute is missing, except in a resource from the service."""
    missing = [name for name in value.REQUIRED if getattr(value, name) is None]
    if missing and not value.raw:
        raise ValidationError(f"{where}.{missing[0]} is missing")


def _written(codec: Codec, value: Any, before: Any, scope: Scope | None, where: str) -> Any:
    if isinstance(codec, MapOf):
        return codec.rewrite(value, before, scope, where)
    return codec.write(value, scope, where)


def _put_constants(value: WireObject, out: dict[str, Any]) -> None:
    for name, constant in value.wire_constants().items():
        path = resolve(value.WIRE_ROOT, name)
        found = look_up(out, path)
        if not isinstance(found, str) or found.lower() != constant.lower():
            put(out, path, constant)


def request_body(value: WireObject, scope: Scope | None = None) -> dict[str, Any]:
    """Return `to_wire` without the top-level fields that only the service sets."""
    body = {value.WIRE_ROOT: {}} | to_wire(value, scope)
    return {key: inner for key, inner in body.items() if key not in _SET_BY_SERVICE}


def check_sendable(value: WireObject, **instead: Any) -> None:
    """Raise if `to_wire` would, without a workspace.

    Args:
        value: a new resource.
        **instead: placeholders for attributes that are not resolved yet.

    Raises:
        ValidationError: an attribute has an invalid value; the message names it.
    """
    probe = copy.copy(value)
    for name, other in instead.items():
        setattr(probe, name, other)
    to_wire(probe, Scope(""))


def from_wire(cls: type[T], raw: Any) -> T:
    """Return a ``cls`` read from ``raw``; missing, null and unexpected values are tolerated."""
    data = copy.deepcopy(raw) if isinstance(raw, dict) else {}
    value = cls.__new__(cls)
    kind: Any = cls
    for attribute in attrs.fields(kind):
        object.__setattr__(value, attribute.name, _default(attribute))
    for name, path, field in _layout(kind):
        found = look_up(data, path)
        object.__setattr__(value, name, None if found is None else field.codec.read(found))
    object.__setattr__(value, "raw", data)
    value.identify()
    return value


def _default(attribute: "attrs.Attribute[Any]") -> Any:
    default: Any = attribute.default
    if default is attrs.NOTHING:
        return None
    return default.factory() if hasattr(default, "factory") else default


def same_as_sent(sent: Any, found: Any) -> bool:
    """Return whether ``found`` contains everything in ``sent``.

    Additional fields are ignored, as are the case of keys and ids and the notation of durations.
    """
    if isinstance(sent, dict) and isinstance(found, dict):
        lower = {key.lower(): value for key, value in found.items()}
        return all(same_as_sent(value, lower.get(key.lower())) for key, value in sent.items())
    if isinstance(sent, list) and isinstance(found, list):
        pairs = zip(sent, found, strict=False)
        return len(sent) == len(found) and all(same_as_sent(a, b) for a, b in pairs)
    if isinstance(sent, str) and isinstance(found, str):
        same_id = sent.startswith("/") and sent.lower() == found.lower()
        return sent == found or same_id or _same_duration(sent, found)
    return bool(sent == found) or (found is None and not sent)


def _same_duration(sent: str, found: str) -> bool:
    duration = _durations.parse(sent)
    return duration is not None and duration == _durations.parse(found)
