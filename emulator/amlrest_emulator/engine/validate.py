"""Validation of JSON against the schemas of the document."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from amlrest_emulator.arm_errors import Problem
from amlrest_emulator.spec import Schema, Spec

OWNED = "is set by the service and cannot be removed"
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

    A property that is null where the document has no null is unset, and removed; with ``partial``
    it is kept, since a merge patch removes it. In an array such a null is a problem. In a map it
    is kept, as in an official example, and not shown.

    Attributes:
        strict: whether unknown properties are problems.
        partial: whether the value is a merge patch.
        shown: whether the value is what a GET returns: write-only properties are not required.
    """

    spec: Spec
    problems: list[Problem] = field(default_factory=list)
    strict: bool = False
    partial: bool = False
    shown: bool = False

    def validate(self, schema: Schema, value: Any, path: str = "") -> Any:
        """Return a value in the letter case of the document."""
        schema = self.spec.merged(schema)
        kind = _kind(schema)
        if value is None:
            return self._null(schema, kind, path)
        if _is_free(schema, kind, path) or _is_bare_id(schema, value):
            return value
        if kind in _TYPES and not _TYPES[kind](value):
            self._report("WrongType", path, f"must be {_article(kind)}, not {_described(value)}")
            return value
        if kind == "object":
            return self._object(schema, value, path)
        check = self._array if kind == "array" else self._scalar
        return check(schema, value, path)

    def _null(self, schema: Schema, kind: str | None, path: str) -> None:
        if not is_nullable(schema, kind):
            self._report("NullValue", path, f"must be {_article(kind or 'value')}, not null")

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
            if value.get(name) is None and self._is_expected(schema["properties"][name]):
                self._report("MissingProperty", _join(path, name), "is required")
        return {
            key: self._field(schema, key, item, path)
            for key, item in value.items()
            if not self._is_unset(schema, key, item)
        }

    def _is_expected(self, schema: Schema) -> bool:
        if is_read_only(self.spec, schema):
            return False
        return not (self.shown and is_write_only(self.spec, schema))

    def _is_unset(self, schema: Schema, key: str, value: Any) -> bool:
        known = schema.get("properties", {}).get(key)
        if value is not None or known is None or self.partial:
            return False
        merged = self.spec.merged(known)
        return not is_nullable(merged, _kind(merged))

    def _field(self, schema: Schema, key: str, value: Any, path: str) -> Any:
        known: Schema | None = schema.get("properties", {}).get(key)
        extra = schema.get("additionalProperties")
        if value is None and self.partial:
            if known is not None and is_read_only(self.spec, known):
                self._report("ReadOnly", _join(path, key), OWNED)
            return None
        if known is not None:
            read_only = is_read_only(self.spec, known)
            return value if read_only else self.validate(known, value, _join(path, key))
        if isinstance(extra, dict):
            if value is None:
                return None
            return self.validate(extra, self._text(extra, value), _join(path, key))
        if self.strict and not extra and _has_fields(schema):
            self._report("UnknownProperty", _join(path, key), "is not in this API version")
        return value

    def _text(self, schema: Schema, value: Any) -> Any:
        """Return a value of a map of strings: the service also takes numbers and booleans."""
        is_text = self.spec.merged(schema).get("type") == "string"
        if is_text and not self.strict and isinstance(value, bool | int | float):
            return json.dumps(value)
        return value

    def _member(self, schema: Schema, value: dict[str, Any]) -> Schema:
        """Return the subtype of a value; the enum of the discriminator refuses unknown ones."""
        tag = schema["discriminator"]["propertyName"]
        given = next((item for key, item in value.items() if key.lower() == tag.lower()), None)
        return self.spec.subtype(schema, given) or self.spec.base_fields(schema)

    def _scalar(self, schema: Schema, value: Any, path: str) -> Any:
        if "enum" in schema:
            return self._enum(schema["enum"], value, path)
        if schema.get("type") == "integer":
            value = int(value)
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
    if "pattern" in schema and not _fits(schema["pattern"], value):
        violations.append(f"{value!r} does not match the pattern {schema['pattern']}")
    if len(value) < schema.get("minLength", 0):
        violations.append(f"must have at least {schema['minLength']} characters")
    if len(value) > schema.get("maxLength", len(value)):
        violations.append(f"must have at most {schema['maxLength']} characters")
    known = _FORMATS.get(schema.get("format", ""))
    if known and not known[1](value):
        violations.append(f"{value!r} is not {known[0]}")
    return violations


_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)


def is_moment(value: str) -> bool:
    """Return whether a string is a time of RFC 3339."""
    try:
        return _MOMENT.fullmatch(value) is not None and bool(datetime.fromisoformat(value.upper()))
    except ValueError:
        return False


_FORMATS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "uuid": ("a UUID", is_uuid),
    "date-time": ("a time such as 2021-06-01T12:00:00Z", is_moment),
}


def _fits(pattern: str, value: str) -> bool:
    """Return whether a text fits a pattern of the document, whose ``$`` is the very end."""
    ending = r"\Z" if pattern.endswith("$") and not pattern.endswith(r"\$") else ""
    return re.search(pattern.removesuffix("$") + ending if ending else pattern, value) is not None


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


def is_write_only(spec: Spec, schema: Schema) -> bool:
    """Return whether a GET must not return a property."""
    merged = spec.merged(schema)
    return "read" not in merged.get("x-ms-mutability", ["read"]) or bool(merged.get("x-ms-secret"))


def is_nullable(schema: Schema, kind: str | None) -> bool:
    """Return whether a merged schema has null."""
    return bool(schema.get("nullable", kind is None and "enum" not in schema))


def _kind(schema: Schema) -> str | None:
    kind: str | None = schema.get("type") or ("object" if _has_fields(schema) else None)
    return kind


def _has_fields(schema: Schema) -> bool:
    return any(key in schema for key in ("properties", "additionalProperties", "discriminator"))


def _is_bare_id(schema: Schema, value: Any) -> bool:
    # The official examples also write a reference `{"id": …}` as the bare id.
    is_reference = schema.get("x-ms-azure-resource") and list(schema["properties"]) == ["id"]
    return isinstance(value, str) and bool(is_reference)


def _is_free(schema: Schema, kind: str | None, path: str) -> bool:
    # The documents call the values of a search space objects; they are arrays.
    in_space = kind == "object" and ".searchSpace." in path and not _has_fields(schema)
    return in_space or (kind is None and "enum" not in schema)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _one_of(values: list[Any]) -> str:
    return "must be one of " + ", ".join(str(value) for value in values)


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _described(value: Any) -> str:
    names = {bool: "a boolean", str: "a string", dict: "an object", list: "an array"}
    return names.get(type(value), "a number")
