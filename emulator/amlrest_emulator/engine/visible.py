"""What an API version shows of a stored resource: nothing that only other versions know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from amlrest_emulator.engine.mutability import known_field, shape_of
from amlrest_emulator.spec import Schema, Spec

_DROPPED = object()


@dataclass(frozen=True, slots=True)
class Visible:
    """Leaves out of a body what a document does not know.

    Fields that no pinned document knows are kept: the service keeps them, too.

    Attributes:
        names_elsewhere: returns the property names of the other pinned documents.
    """

    spec: Spec
    names_elsewhere: Callable[[], frozenset[str]]

    def of(self, schema: Schema, body: dict[str, Any]) -> dict[str, Any]:
        """Return the visible part of a body."""
        shape = shape_of(self.spec, schema, body)
        shown = {key: self._field(shape, key, item) for key, item in body.items()}
        return {key: item for key, item in shown.items() if item is not _DROPPED}

    def knows(self, schema: Schema, value: Any) -> bool:
        """Return whether the kind of a resource is one of the document."""
        if not isinstance(value, dict):
            return True
        merged = self.spec.merged(schema)
        properties = merged.get("properties", {}).get("properties", {})
        return self._fits(self.spec.merged(properties), value.get("properties"))

    def _fits(self, schema: Schema, value: Any) -> bool:
        """Return whether an object, and what it requires, is of kinds that the document has."""
        if not isinstance(value, dict):
            return True
        if not self._has_subtype(schema, value):
            return False
        shape = shape_of(self.spec, schema, value)
        fields = {key: known_field(shape, key) for key in shape.get("required", [])}
        return all(
            self._fits(self.spec.merged(field), value.get(key))
            for key, field in fields.items()
            if field is not None
        )

    def _has_subtype(self, schema: Schema, value: Any) -> bool:
        if "discriminator" not in schema or not isinstance(value, dict):
            return True
        tag = value.get(schema["discriminator"]["propertyName"])
        return tag is None or self.spec.subtype(schema, tag) is not None

    def _field(self, shape: Schema, key: str, value: Any) -> Any:
        known = known_field(shape, key)
        if known is None:
            foreign = bool(shape.get("properties")) and key in self.names_elsewhere()
            return _DROPPED if foreign else value
        return self._value(self.spec.merged(known), value)

    def _value(self, schema: Schema, value: Any) -> Any:
        if isinstance(value, dict):
            return self.of(schema, value) if self._has_subtype(schema, value) else _DROPPED
        if isinstance(value, list):
            items = self.spec.merged(schema.get("items", {}))
            return [
                item
                for item in (self._value(items, each) for each in value)
                if item is not _DROPPED
            ]
        if value is None:
            return value if schema.get("nullable", "type" not in schema) else _DROPPED
        foreign = "enum" in schema and value not in schema["enum"]
        return _DROPPED if foreign else value


def rest_of(body: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a body that are not in a part of it, nested as they are."""
    found: dict[str, Any] = {}
    for key, value in body.items():
        if key not in part:
            found[key] = value
        elif isinstance(value, dict) and isinstance(part[key], dict):
            inner = rest_of(value, part[key])
            if inner:
                found[key] = inner
    return found
