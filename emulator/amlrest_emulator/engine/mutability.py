"""Mutability of fields by ``readOnly``, ``x-ms-mutability`` and ``x-ms-secret``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from amlrest_emulator.engine.validate import is_read_only, is_write_only
from amlrest_emulator.json_body import part
from amlrest_emulator.spec import Schema, Spec

_SERVICE_FIELDS = ("id", "name", "type", "systemData")


@dataclass(frozen=True, slots=True)
class BodyParts:
    """A request body without read-only fields, split into public and secret fields.

    Attributes:
        public: fields that a GET returns.
        secrets: write-only fields, nested as in the request.
        states: documented provisioning states, empty if any is allowed; None if the resource
            has none.
    """

    public: dict[str, Any]
    secrets: dict[str, Any]
    states: list[str] | None

    def state(self, body: dict[str, Any], wanted: str) -> dict[str, Any]:
        """Return the merge patch that sets a provisioning state, empty if there is none."""
        if self.states is None or not isinstance(body.get("properties"), dict):
            return {}
        value = wanted if wanted in self.states or not self.states else "InProgress"
        return {"properties": {"provisioningState": value}}


def split_body(spec: Spec, schema: Schema, value: dict[str, Any]) -> BodyParts:
    """Return the parts of a request body."""
    public, secrets = _split(spec, schema, value)
    for name in _SERVICE_FIELDS:
        public.pop(name, None)
    return BodyParts(public, secrets or {}, _states(spec, schema, value))


def _states(spec: Spec, schema: Schema, value: dict[str, Any]) -> list[str] | None:
    outer = shape_of(spec, schema, value).get("properties", {})
    inner = shape_of(spec, outer.get("properties", {}), part(value, "properties"))
    state = inner.get("properties", {}).get("provisioningState")
    return None if state is None else list(spec.merged(state).get("enum", ()))


def _split(spec: Spec, schema: Schema, value: Any) -> tuple[Any, Any]:
    if not isinstance(value, dict):
        return value, None
    shape = shape_of(spec, schema, value)
    public: dict[str, Any] = {}
    secrets: dict[str, Any] = {}
    for key, item in value.items():
        known = known_field(shape, key)
        if known is not None and is_read_only(spec, known):
            continue
        if known is not None and is_write_only(spec, known):
            secrets[key] = item
            continue
        public[key], hidden = _split(spec, known or {}, item)
        if hidden:
            secrets[key] = hidden
    return public, secrets


def shape_of(spec: Spec, schema: Schema, value: dict[str, Any]) -> Schema:
    """Return the merged schema of an object; of a union, the subtype of the value."""
    shape = spec.merged(schema)
    if "discriminator" not in shape:
        return shape
    given = value.get(shape["discriminator"]["propertyName"])
    return spec.subtype(shape, given) or spec.base_fields(shape)


def known_field(shape: Schema, key: str) -> Schema | None:
    """Return the schema of a field, None for an unknown one."""
    extra = shape.get("additionalProperties")
    found: Schema | None = shape.get("properties", {}).get(key)
    return found if found is not None else (extra if isinstance(extra, dict) else None)


def fixed_changes(spec: Spec, schema: Schema, old: Any, new: Any, path: str = "") -> Iterator[str]:
    """Yield the JSON paths of immutable fields with another value.

    A field that is missing in the new value is not a change.
    """
    if not isinstance(old, dict) or not isinstance(new, dict):
        return
    shape = shape_of(spec, schema, new)
    for key in old.keys() & new.keys():
        known, where = known_field(shape, key), f"{path}.{key}" if path else key
        if known is None or old[key] == new[key]:
            continue
        if "update" not in spec.merged(known).get("x-ms-mutability", ["update"]):
            yield where
        else:
            yield from fixed_changes(spec, known, old[key], new[key], where)
