"""Validation of JSON against the schemas of the document."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from amlrest_emulator.arm_errors import Problem
from amlrest_emulator.spec import Schema, Spec

_INTEGER_BITS = {"int32": 31, "int64": 63}


def _is_integer(value: Any) -> bool:
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return whole and not isinstance(value, bool)


_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": _is_integer,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def is_uuid(value: str) -> bool:
    """Return whether a string is a UUID."""
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


@dataclass(slots=True)
class Validator:
    """Validates values against schemas; problems are collected, not raised.

    Property names, enum values and discriminator values match in any letter case and are
    returned in that of the document. Unknown properties are kept.

    Attributes:
        strict: whether unknown properties are problems.
    """

    spec: Spec
    problems: list[Problem] = field(default_factory=list)
    strict: bool = False

    def validate(self, schema: Schema, value: Any, path: str = "") -> Any:
        """Return a value in the letter case of the document."""
        schema = self.spec.merged(schema)
        kind = schema.get("type") or ("object" if _has_fields(schema) else None)
        if value is None or _is_free(schema, kind) or _is_bare_id(schema, value):
            return value
        if kind in _TYPES and not _TYPES[kind](value):
            self._report("WrongType", path, f"must be {_article(kind)}, not {_described(value)}")
            return value
        if kind == "object":
            return self._object(schema, value, path)
        check = self._array if kind == "array" else self._scalar
        return check(schema, value, path)

    def _array(self, schema: Schema, value: list[Any], path: str) -> list[Any]:
        items = schema.get("items", {})
        return [self.validate(items, item, f"{path}[{i}]") for i, item in enumerate(value)]

    def _report(self, code: str, path: str, message: str) -> None:
        self.problems.append(Problem(code, message, path or "$"))

    def _object(self, schema: Schema, value: dict[str, Any], path: str) -> dict[str, Any]:
        if "discriminator" in schema:
            schema = self._member(schema, value)
        names = {name.lower(): name for name in schema.get("properties", {})}
        value = {names.get(key.lower(), key): item for key, item in value.items()}
        for name in schema.get("required", []):
            if value.get(name) is None and not is_read_only(self.spec, schema["properties"][name]):
                self._report("MissingProperty", _join(path, name), "is required")
        return {key: self._field(schema, key, item, path) for key, item in value.items()}

    def _field(self, schema: Schema, key: str, value: Any, path: str) -> Any:
        known: Schema | None = schema.get("properties", {}).get(key)
        extra = schema.get("additionalProperties")
        if known is not None:
            read_only = is_read_only(self.spec, known)
            return value if read_only else self.validate(known, value, _join(path, key))
        if isinstance(extra, dict):
            return self.validate(extra, value, _join(path, key))
        if self.strict and not extra:
            self._report("UnknownProperty", _join(path, key), "is not in this API version")
        return value

    def _member(self, schema: Schema, value: dict[str, Any]) -> Schema:
        """Return the subtype of a value; the enum of the discriminator refuses unknown ones."""
        tag = schema["discriminator"]["propertyName"]
        given = next((item for key, item in value.items() if key.lower() == tag.lower()), None)
        return self.spec.subtype(schema, given) or self.spec.base_fields(schema)

    def _scalar(self, schema: Schema, value: Any, path: str) -> Any:
        if "enum" in schema:
            return self._enum(schema["enum"], value, path)
        for violation in scalar_violations(schema, value):
            self._report("InvalidValue", path, violation)
        return value

    def _enum(self, allowed: list[Any], value: Any, path: str) -> Any:
        for item in allowed:
            if item == value or str(item).lower() == str(value).lower():
                return item
        self._report("InvalidValue", path, f"{_one_of(allowed)}, not {value!r}")
        return value


def scalar_violations(schema: Schema, value: Any) -> list[str]:
    """Return the constraints of a schema that a string or number violates."""
    if isinstance(value, str):
        return _text_violations(schema, value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return []
    return _number_violations(schema, value)


def _text_violations(schema: Schema, value: str) -> list[str]:
    violations = []
    if "pattern" in schema and not re.search(schema["pattern"], value):
        violations.append(f"{value!r} does not match the pattern {schema['pattern']}")
    if len(value) < schema.get("minLength", 0):
        violations.append(f"must have at least {schema['minLength']} characters")
    if len(value) > schema.get("maxLength", len(value)):
        violations.append(f"must have at most {schema['maxLength']} characters")
    if schema.get("format") == "uuid" and not is_uuid(value):
        violations.append(f"{value!r} is not a UUID")
    return violations


def _number_violations(schema: Schema, value: float) -> list[str]:
    violations = []
    if value < schema.get("minimum", value):
        violations.append(f"must be at least {schema['minimum']}, not {value}")
    if value > schema.get("maximum", value):
        violations.append(f"must be at most {schema['maximum']}, not {value}")
    bits = _INTEGER_BITS.get(schema.get("format", ""))
    if bits and not -(2**bits) <= value < 2**bits:
        violations.append(f"{value} does not fit {schema['format']}")
    return violations


def is_read_only(spec: Spec, schema: Schema) -> bool:
    """Return whether clients cannot set a property."""
    merged = spec.merged(schema)
    return bool(merged.get("readOnly")) or merged.get("x-ms-mutability") == ["read"]


def _has_fields(schema: Schema) -> bool:
    return any(key in schema for key in ("properties", "additionalProperties", "discriminator"))


def _is_bare_id(schema: Schema, value: Any) -> bool:
    # The official examples also write a reference `{"id": …}` as the bare id.
    is_reference = schema.get("x-ms-azure-resource") and list(schema["properties"]) == ["id"]
    return isinstance(value, str) and bool(is_reference)


def _is_free(schema: Schema, kind: str | None) -> bool:
    # `type: object` without properties means any JSON: search space values are arrays.
    return (kind is None and "enum" not in schema) or (kind == "object" and not _has_fields(schema))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _one_of(values: list[Any]) -> str:
    return "must be one of " + ", ".join(str(value) for value in values)


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _described(value: Any) -> str:
    names = {bool: "a boolean", str: "a string", dict: "an object", list: "an array"}
    return names.get(type(value), "a number")
