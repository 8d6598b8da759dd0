"""Which fields clients may set, read and change, after ``readOnly`` and ``x-ms-mutability``."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from amlrest_emulator.engine.validate import is_read_only
from amlrest_emulator.spec import Schema, Spec


@dataclass(frozen=True, slots=True)
class Body:
    """A request body, taken apart.

    Attributes:
        public: what a GET may show.
        secrets: what it may not, nested as it was sent.
    """

    public: dict[str, Any]
    secrets: dict[str, Any]


def take_apart(spec: Spec, schema: Schema, value: dict[str, Any]) -> Body:
    """Drop what clients cannot set, and part what they cannot read from the rest."""
    public, secrets = _part(spec, schema, value)
    return Body(public, secrets or {})


def _part(spec: Spec, schema: Schema, value: Any) -> tuple[Any, Any]:
    if not isinstance(value, dict):
        return value, None
    shape = shape_of(spec, schema, value)
    public: dict[str, Any] = {}
    secrets: dict[str, Any] = {}
    for key, item in value.items():
        known = _known(shape, key)
        if known is not None and is_read_only(spec, known):
            continue
        if known is not None and is_write_only(spec, known):
            secrets[key] = item
            continue
        public[key], hidden = _part(spec, known or {}, item)
        if hidden:
            secrets[key] = hidden
    return public, secrets


def read_only_part(spec: Spec, schema: Schema, value: Any) -> dict[str, Any]:
    """Return the fields of a stored object that only the service sets, nested as they are."""
    found: dict[str, Any] = {}
    shape = shape_of(spec, schema, value)
    for key, item in value.items():
        known = _known(shape, key)
        if known is None:
            continue
        if is_read_only(spec, known):
            found[key] = item
        elif isinstance(item, dict) and (nested := read_only_part(spec, known, item)):
            found[key] = nested
    return found


def shape_of(spec: Spec, schema: Schema, value: dict[str, Any]) -> Schema:
    """Return the merged schema of an object; of a union, the member the value names."""
    shape = spec.merged(schema)
    if "discriminator" not in shape:
        return shape
    said = value.get(shape["discriminator"]["propertyName"])
    return spec.subtype(shape, said) or spec.base_fields(shape)


def _known(shape: Schema, key: str) -> Schema | None:
    extra = shape.get("additionalProperties")
    found: Schema | None = shape.get("properties", {}).get(key)
    return found if found is not None else (extra if isinstance(extra, dict) else None)


def is_write_only(spec: Spec, schema: Schema) -> bool:
    """Whether a GET must not show a property."""
    merged = spec.merged(schema)
    return "read" not in merged.get("x-ms-mutability", ["read"]) or bool(merged.get("x-ms-secret"))


def fixed_changes(spec: Spec, schema: Schema, old: Any, new: Any, path: str = "") -> Iterator[str]:
    """Yield the JSON paths whose values differ although they cannot be changed once set.

    A field that the new value leaves out is no change.
    """
    if not isinstance(old, dict) or not isinstance(new, dict):
        return
    shape = shape_of(spec, schema, new)
    for key in old.keys() & new.keys():
        known, where = _known(shape, key), f"{path}.{key}" if path else key
        if known is None or old[key] == new[key]:
            continue
        if "update" not in spec.merged(known).get("x-ms-mutability", ["update"]):
            yield where
        else:
            yield from fixed_changes(spec, known, old[key], new[key], where)


def merge(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Apply a JSON merge patch (RFC 7396) to an object."""
    merged = {**old}
    for key, value in new.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict):
            before = merged.get(key)
            merged[key] = merge(before if isinstance(before, dict) else {}, value)
        else:
            merged[key] = value
    return merged
