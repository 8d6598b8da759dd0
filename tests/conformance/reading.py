"""What the tests do to a model: use every field, and compare it with the documents."""

from __future__ import annotations

import json
from typing import Any

import attrs

from tests.official import Documents, Node


def same_json(left: Any, right: Any) -> bool:
    """Equal as JSON texts: 1, 1.0 and true differ, the order of keys does not matter."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


def use_everything(value: Any) -> None:
    """Reads every field of everything below a value."""
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            use_everything(getattr(value, field.name))
    elif isinstance(value, list):
        for item in value:
            use_everything(item)
    elif isinstance(value, dict):
        for item in value.values():
            use_everything(item)


def by_wire(model: Any) -> dict[str, str]:
    """Wire name → Python name of a model's fields."""
    fields: dict[str, str] = {}
    for base in reversed(type(model).__mro__):
        for name, field in vars(base).get("_fields", {}).items():
            fields[field.wire] = name
    return fields


def class_name(definition: str) -> str:
    """The class of a definition: its own name with a capital letter."""
    return definition[:1].upper() + definition[1:]


class Comparison:
    """Walks a payload, the documents' schema of it and the model read from it side by side."""

    def __init__(self, official: Documents) -> None:
        self.official = official
        self.problems: list[str] = []

    def walk(self, where: str, schema: Node, value: Any, read: Any) -> None:
        plain = schema.resolved()
        if isinstance(value, list) and "items" in plain.value:
            for at, (item, entry) in enumerate(zip(value, read, strict=True)):
                self.walk(f"{where}[{at}]", plain.at("items"), item, entry)
        elif isinstance(value, dict) and attrs.has(type(read)):
            self._object(where, schema, value, read)
        elif isinstance(value, dict) and isinstance(plain.value.get("additionalProperties"), dict):
            for key, item in value.items():
                self.walk(f"{where}.{key}", plain.at("additionalProperties"), item, read[key])
        elif not same_json(value, read):
            self.problems.append(f"{where}: {value!r} is read as {read!r}")

    def _object(self, where: str, schema: Node, value: dict[str, Any], read: Any) -> None:
        expected, schema = self._expected(schema, value)
        if expected is not None and type(read).__name__ != class_name(expected):
            self.problems.append(f"{where}: read as {type(read).__name__}, not {expected}")
            return
        fields, names = self.official.fields(schema), by_wire(read)
        if unknown := value.keys() - fields.keys() ^ read.additional_properties.keys():
            self.problems.append(f"{where}: {sorted(unknown)} taken for unknown or for known")
        for wire in value.keys() & fields.keys():
            self.walk(f"{where}.{wire}", fields[wire], value[wire], getattr(read, names[wire]))

    def _expected(self, schema: Node, value: dict[str, Any]) -> tuple[str | None, Node]:
        """The class that a payload is, and that class's schema."""
        name = self.official.name_of(schema)
        node = schema
        if name is None and len(schema.value.get("allOf", [])) == 1:
            node = schema.at("allOf", 0)
            name = self.official.name_of(node)
        if name in self.official.bases:
            kind = str(value.get(self.official.bases[name])).casefold()
            subtypes = {v.casefold(): n for v, n in self.official.subtypes(name).items()}
            if kind in subtypes:
                return subtypes[kind], self.official.definitions[subtypes[kind]]
        return name, node
