"""One Swagger 2.0 schema as an OpenAPI 3.0 schema: facts kept, prose dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from codegen_steps.problems import Decisions, Place, a_list, an_object

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
FACTS = frozenset(
    [
        "type",
        "format",
        "required",
        "readOnly",
        "default",
        "enum",
        "pattern",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
        "deprecated",
    ]
)
PROSE = frozenset(
    [
        "description",
        "summary",
        "title",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "x-ms-examples",
        "x-ms-summary",
        "x-ms-external-docs",
        "x-ms-code-generation-settings",
        "x-example",
        "x-examples",
    ]
)


class SchemaConverter:
    """Converts the schemas of one document.

    Args:
        resolve: turns a ``$ref`` text and its place into the reference to write, or into an
            inline value when the target is no definition.
        decisions: collects what had to be decided.
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
        """The OpenAPI 3.0 form of the schema at ``place``."""
        schema = an_object(value, place)
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
            self._decisions.note(place, "`required` is not a list and says nothing; left out")
            return {}
        if name == "pattern" and not _is_regex(fact):
            self._decisions.note(place, f"{fact!r} is a pattern that Python lacks; now x-pattern")
            return {"x-pattern": fact}
        if name in FACTS:
            return {name: fact}
        return self._extension(name, fact, place)

    def _extension(self, name: str, fact: Any, place: Place) -> Json:
        if name in PROSE:
            return {}
        if name.startswith("x-"):
            return {name: without_prose(fact)}
        self._decisions.note(place, f"the keyword {name!r} means nothing in Swagger 2.0; left out")
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
            place.refuse("this reference leads back to itself.")
        self._inlining.append(place)
        try:
            return self.convert(value, place)
        finally:
            self._inlining.pop()

    def _properties(self, fact: Any, place: Place) -> Json:
        fields = an_object(fact, place)
        return {"properties": {name: self.convert(fields[name], place.at(name)) for name in fields}}

    def _items(self, fact: Any, place: Place) -> Json:
        return {"items": self.convert(fact, place)}

    def _additional(self, fact: Any, place: Place) -> Json:
        if fact is False:
            return {"x-additional-properties": False}
        return {"additionalProperties": True if fact is True else self.convert(fact, place)}

    def _all_of(self, fact: Any, place: Place) -> Json:
        parts = enumerate(a_list(fact, place))
        return {"allOf": [self.convert(part, place.at(index)) for index, part in parts]}

    def _discriminator(self, fact: Any, place: Place) -> Json:
        if not isinstance(fact, str) or not fact:
            place.refuse("a Swagger 2.0 discriminator is the name of a field.")
        return {"discriminator": {"propertyName": fact}}

    def _nullable(self, fact: Any, _place: Place) -> Json:
        return {"nullable": bool(fact)}

    def _enum(self, fact: Any, place: Place) -> list[Any]:
        values = a_list(fact, place)
        if not values:
            place.refuse("an empty enum allows no value.")
        unique = [value for at, value in enumerate(values) if value not in values[:at]]
        if len(unique) < len(values):
            self._decisions.note(place, "values that are there twice are kept once")
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
        place.at("type").refuse("a Swagger 2.0 schema has one type, not a list of them.")
    return _items_of_lists(schema)


def _items_of_lists(schema: Json) -> Json:
    """OpenAPI demands ``items``; a list that does not say what it holds may hold anything."""
    return (
        schema | {"items": {}}
        if schema.get("type") == "array" and "items" not in schema
        else schema
    )


def without_prose(value: Any) -> Any:
    """An extension's value without the texts that people wrote into it."""
    if isinstance(value, dict):
        return {name: without_prose(item) for name, item in value.items() if name not in PROSE}
    if isinstance(value, list):
        return [without_prose(item) for item in value]
    return value
