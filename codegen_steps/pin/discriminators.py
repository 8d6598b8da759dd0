"""Discriminators: write bases as ``oneOf`` with a mapping, so that any tool sees the subtypes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from codegen_steps.pinned_document import SCHEMAS as PREFIX
from codegen_steps.pinned_document import parents_of
from codegen_steps.problems import CodegenError, Decisions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen_steps.pin.schema_converter import Json

VALUE = "x-ms-discriminator-value"


class Hierarchy:
    """Inheritance among named schemas.

    Raises:
        CodegenError: a schema extends itself.
    """

    def __init__(self, schemas: dict[str, Json]) -> None:
        self.schemas = schemas
        self.parents = {name: parents_of(schema) for name, schema in schemas.items()}
        self.children: dict[str, list[str]] = defaultdict(list)
        for name, parents in self.parents.items():
            for parent in parents:
                self.children[parent].append(name)
        for name in schemas:
            self._refuse_circle(name, [name])

    def discriminators(self, name: str) -> list[str]:
        """Return the discriminator fields that a schema defines or inherits, its own first."""
        stated = self.schemas[name].get("discriminator")
        fields = [str(stated["propertyName"])] if stated else []
        for parent in self.parents[name]:
            fields += self.discriminators(parent)
        return list(dict.fromkeys(fields))

    def field_count(self, name: str) -> int:
        """Return the number of fields of a schema, including inherited ones."""
        own = len(self.schemas.get(name, {}).get("properties", {}))
        return own + sum(self.field_count(parent) for parent in self.parents.get(name, []))

    def _refuse_circle(self, name: str, path: list[str]) -> None:
        for parent in self.parents[name]:
            if parent == path[0]:
                raise CodegenError(
                    f"{PREFIX}{path[0]}: extends itself ({' -> '.join([*path, parent])})."
                )
            if parent not in path:
                self._refuse_circle(parent, [*path, parent])


def with_unions(schemas: dict[str, Json], decisions: Decisions) -> dict[str, Json]:
    """Return the schemas with every discriminated base split into a union and its fields."""
    return dict(sorted(_Splitter(schemas, decisions).split().items()))


class _Splitter:
    """Splits the bases of one document; see docs/design/0006-pinned-document.md."""

    def __init__(self, schemas: dict[str, Json], decisions: Decisions) -> None:
        self._schemas = schemas
        self._decisions = decisions
        self._tree = Hierarchy(schemas)
        bases = [
            name
            for name in schemas
            if self._tree.discriminators(name) and self._tree.children[name]
        ]
        self._fields = {name: _free_name(f"{name}Fields", schemas) for name in bases}

    def split(self) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for name, schema in self._schemas.items():
            own = _extending(schema, self._fields)
            stated = own.pop("discriminator", None)
            if name in self._fields:
                own = {**own, "x-amlrest-base": PREFIX + name}
                found[self._fields[name]] = self._pinned(own, name) if stated else own
                found[name] = self._union(name)
            else:
                found[name] = self._pinned(own, name)
                if stated:
                    found[name] = {**found[name], "x-discriminator": stated["propertyName"]}
                    self._decisions.note(
                        PREFIX + name, "its discriminator has no subtypes; now x-discriminator"
                    )
        return found

    def _union(self, name: str) -> Json:
        """Return the union of a base: its subtypes and their discriminator values."""
        field = self._tree.discriminators(name)[0]
        candidates: dict[str, list[str]] = defaultdict(list)
        for value, member in self._members(name):
            candidates[value].append(member)
        chosen = {
            value: self._choose(name, value, sorted(set(members)))
            for value, members in sorted(candidates.items())
        }
        members = sorted(set(chosen.values()))
        overlapping = set(members) & set(self._fields.values())
        return {
            "anyOf" if overlapping else "oneOf": [{"$ref": PREFIX + member} for member in members],
            "discriminator": {
                "propertyName": field,
                "mapping": {value: PREFIX + member for value, member in chosen.items()},
            },
            "x-amlrest-fields": PREFIX + self._fields[name],
            **_union_facts(self._schemas[name]),
        }

    def _members(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield discriminator values and their schemas, for a base and everything below it."""
        value = self._schemas[name].get(VALUE)
        if name not in self._fields:
            if value is None:
                self._decisions.note(PREFIX + name, "has no discriminator value; its name is used")
            yield str(name if value is None else value), name
            return
        if value is not None:
            yield str(value), self._fields[name]
        for child in self._tree.children[name]:
            if "discriminator" in self._schemas[child] and child in self._fields:
                yield str(self._schemas[child].get(VALUE, child)), child
            else:
                yield from self._members(child)

    def _choose(self, base: str, value: str, members: list[str]) -> str:
        """Return the subtype with the fewest fields among those with the same value."""
        chosen = min(members, key=lambda member: (self._tree.field_count(member), member))
        if len(members) > 1:
            others = ", ".join(sorted(set(members) - {chosen}))
            self._decisions.note(
                PREFIX + base,
                f"{value!r} is the value of {', '.join(members)}; {chosen} is in the union, "
                f"{others} is used only where the document names it",
            )
        return chosen

    def _pinned(self, schema: Json, name: str) -> Json:
        """Return a schema that accepts only its own discriminator value."""
        parents = self._tree.parents[name]
        # A value belongs to the nearest discriminator; a parent pins that of the outer one.
        inherited = {field for parent in parents for field in self._tree.discriminators(parent)[:1]}
        if not inherited:
            return schema
        value = schema.get(VALUE, name)
        fields = schema.get("properties", {})
        pins = {field: _pin(value, fields.get(field)) for field in sorted(inherited)}
        required = [*schema.get("required", []), *pins]
        return {
            **schema,
            "properties": {**fields, **pins},
            "required": list(dict.fromkeys(required)),
        }


def _pin(value: str, stated: Json | None) -> Json:
    """Return a field with one allowed value, keeping the subtype's own definition of it."""
    return {"type": "string", "enum": [value], **({"allOf": [stated]} if stated else {})}


def _union_facts(schema: Json) -> Json:
    """Return what the source says about the base as a type, without its fields."""
    return {
        name: fact
        for name, fact in schema.items()
        if name in {VALUE, "x-ms-client-name", "x-amlrest-source", "nullable"}
    }


def _extending(schema: Json, fields: dict[str, str]) -> Json:
    """Return a schema that extends the fields of split bases instead of their unions."""
    if "allOf" not in schema:
        return dict(schema)
    parts: list[Any] = []
    for part in schema["allOf"]:
        name = part.get("$ref", "").removeprefix(PREFIX)
        parts.append({"$ref": PREFIX + fields[name]} if name in fields else part)
    return {**schema, "allOf": parts}


def _free_name(name: str, taken: dict[str, Json]) -> str:
    while name in taken:
        name += "_"
    return name
