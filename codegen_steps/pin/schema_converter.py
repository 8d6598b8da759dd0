"""Conversion of Swagger 2.0 schemas to OpenAPI 3.0: facts are kept, prose is dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from codegen_steps.problems import Decisions, Place, expect_list, expect_object

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
FACTS = frozenset(
    {
        "type",
        "format",
        "required",
        "readOnly",
        "default",
        "enum",
        "pattern",
        "deprecated",
        "multipleOf",
    }
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength"}
    | {"minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"}
)
PROSE = frozenset(
    {
        "description",
        "summary",
        "title",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "x-example",
        "x-examples",
    }
    | {"x-ms-examples", "x-ms-summary", "x-ms-external-docs", "x-ms-code-generation-settings"}
)


class SchemaConverter:
    """Converts the schemas of one document.

    Args:
        resolve: returns the reference to write for a ``$ref`` at a place, or the target
            itself when it is not a definition.
        decisions: collects the choices made.
    """

    def __init__(
        self, resolve: Callable[[str, Place], str | tuple[Any, Place]], decisions: Decisions
    ) -> None:
        self._resolve = resolve
        self._decisions = decisions
        self._inlining: list[Place] = []
        self._special = {
            "properties": self._properties,
            "items": self._items,
            "additionalProperties": self._additional,
            "allOf": self._all_of,
            "discriminator": self._discriminator,
            "x-nullable": self._nullable,
        }

    def convert(self, value: Any, place: Place) -> Json:
        """Return the OpenAPI 3.0 form of the schema at ``place``."""
        schema = expect_object(value, place)
        if "$ref" in schema:
            return self._reference(schema, place)
        converted: Json = {}
        for name, fact in schema.items():
            converted |= self._keyword(name, fact, place)
        return _as_openapi_type(converted, place)

    def _keyword(self, name: str, fact: Any, place: Place) -> Json:
        if name in self._special:
            return self._special[name](fact, place.at(name))
        if name == "enum":
            return {"enum": self._enum(fact, place.at(name))}
        if name == "required" and not isinstance(fact, list):
            self._decisions.note(place, "`required` is not a list; dropped")
            return {}
        if name == "pattern" and not _is_regex(fact):
            self._decisions.note(
                place, f"pattern {fact!r} is not valid in Python; moved to x-pattern"
            )
            return {"x-pattern": fact}
        if name in FACTS:
            return {name: fact}
        return self._extension(name, fact, place)

    def _extension(self, name: str, fact: Any, place: Place) -> Json:
        if name in PROSE:
            return {}
        if name.startswith("x-"):
            return {name: without_prose(fact)}
        self._decisions.note(place, f"unknown keyword {name!r}; dropped")
        return {}

    def _reference(self, schema: Json, place: Place) -> Json:
        target = self._resolve(schema["$ref"], place.at("$ref"))
        if isinstance(target, tuple):
            return self._inline(*target)
        siblings: Json = {}
        for name, fact in schema.items():
            if name not in {"$ref", "type"}:
                siblings |= self._keyword(name, fact, place)
        reference = {"$ref": target}
        if not siblings:
            return reference
        return {"allOf": [reference, *siblings.pop("allOf", [])], **siblings}

    def _inline(self, value: Any, place: Place) -> Json:
        if place in self._inlining:
            place.refuse("circular reference.")
        self._inlining.append(place)
        try:
            return self.convert(value, place)
        finally:
            self._inlining.pop()

    def _properties(self, fact: Any, place: Place) -> Json:
        fields = expect_object(fact, place)
        return {"properties": {name: self.convert(fields[name], place.at(name)) for name in fields}}

    def _items(self, fact: Any, place: Place) -> Json:
        return {"items": self.convert(fact, place)}

    def _additional(self, fact: Any, place: Place) -> Json:
        if fact is False:
            return {"x-additional-properties": False}
        return {"additionalProperties": True if fact is True else self.convert(fact, place)}

    def _all_of(self, fact: Any, place: Place) -> Json:
        parts = enumerate(expect_list(fact, place))
        return {"allOf": [self.convert(part, place.at(index)) for index, part in parts]}

    def _discriminator(self, fact: Any, place: Place) -> Json:
        if not isinstance(fact, str) or not fact:
            place.refuse("a Swagger 2.0 discriminator must be the name of a field.")
        return {"discriminator": {"propertyName": fact}}

    def _nullable(self, fact: Any, _place: Place) -> Json:
        return {"nullable": bool(fact)}

    def _enum(self, fact: Any, place: Place) -> list[Any]:
        values = expect_list(fact, place)
        if not values:
            place.refuse("an enum must not be empty.")
        unique = [value for at, value in enumerate(values) if value not in values[:at]]
        if len(unique) < len(values):
            self._decisions.note(place, "duplicate enum values; dropped")
        return unique


def _is_regex(text: Any) -> bool:
    try:
        re.compile(text)
    except (re.error, TypeError):
        return False
    return True


def _as_openapi_type(schema: Json, place: Place) -> Json:
    kind = schema.get("type")
    if kind == "file":
        return schema | {"type": "string", "format": "binary"}
    if isinstance(kind, list):
        place.at("type").refuse("a Swagger 2.0 schema must have a single type.")
    return _items_of_lists(schema)


def _items_of_lists(schema: Json) -> Json:
    """Add the ``items`` that OpenAPI requires of an array; any item is allowed."""
    return (
        schema | {"items": {}}
        if schema.get("type") == "array" and "items" not in schema
        else schema
    )


def extensions(value: Json, skip: frozenset[str] = frozenset()) -> Json:
    """Return the extensions of an object without prose."""
    kept = (name for name in value if name.startswith("x-") and name not in PROSE | skip)
    return {name: without_prose(value[name]) for name in kept}


def without_prose(value: Any) -> Any:
    """Return the value of an extension without its prose."""
    if isinstance(value, dict):
        return {name: without_prose(item) for name, item in value.items() if name not in PROSE}
    if isinstance(value, list):
        return [without_prose(item) for item in value]
    return value
