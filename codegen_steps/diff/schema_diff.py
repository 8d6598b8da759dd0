"""Comparison of two schemas by their meaning on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen_steps.diff.change import Change
from codegen_steps.pinned_document import SCHEMAS as PREFIX
from codegen_steps.pinned_document import Json

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_COMPARED = frozenset(
    {
        "properties",
        "required",
        "allOf",
        "oneOf",
        "anyOf",
        "discriminator",
        "enum",
        "items",
        "additionalProperties",
    }
    | {"type", "format", "$ref", "readOnly", "nullable", "x-additional-properties"}
    | {"x-amlrest-base", "x-amlrest-fields", "x-amlrest-source", "x-ms-enum", "x-ms-identifiers"}
    | {"x-ms-client-flatten", "x-ms-client-name", "x-ms-discriminator-value", "x-ms-azure-resource"}
)
LOWER, UPPER = ("minimum", "minLength", "minItems"), ("maximum", "maxLength", "maxItems")


class Schemas:
    """The schemas of one document, with inheritance and references followed."""

    def __init__(self, document: Json) -> None:
        self.named: dict[str, Json] = document["components"]["schemas"]

    def resolve(self, schema: Json) -> Json:
        """Return a schema with references and parents merged into one object."""
        merged: Json = {}
        fields: dict[str, Json] = {}
        required: list[str] = []
        for part in self._parts(schema, ()):
            fields |= part.get("properties", {})
            required += part.get("required", [])
            merged |= part
        if fields:
            merged |= {"properties": fields, "required": required}
        return merged

    def name(self, schema: Json) -> str | None:
        """Return the definition that a schema refers to, if it is a mere reference."""
        references = [schema, *schema.get("allOf", [])]
        names = [part["$ref"] for part in references if "$ref" in part]
        return names[0].removeprefix(PREFIX) if len(names) == 1 else None

    def _parts(self, schema: Json, seen: tuple[str, ...]) -> Iterator[Json]:
        target = schema.get("$ref") or schema.get("x-amlrest-fields")
        if target and target not in seen:
            yield from self._parts(self.named[target.removeprefix(PREFIX)], (*seen, target))
        for part in schema.get("allOf", []):
            yield from self._parts(part, seen)
        yield schema


class SchemaDiff:
    """Compares schemas of an old and a new document.

    Definitions that both documents have are compared once, under their own name; any other pair
    is compared where it is used.
    """

    def __init__(self, old: Json, new: Json) -> None:
        self.old, self.new = Schemas(old), Schemas(new)
        self._comparing: set[tuple[str | None, str | None]] = set()

    def definition(self, name: str) -> Iterator[Change]:
        """Yield the changes of a definition that both documents have."""
        old, new = self.old.named[name], self.new.named[name]
        yield from self._subtypes(name, old, new)
        yield from self._resolved(name, "", old, new)

    def compare(self, subject: str, path: str, old: Json, new: Json) -> Iterator[Change]:
        """Yield the changes from one schema to another, used at ``path`` of ``subject``."""
        names = self.old.name(old), self.new.name(new)
        if names[0] is not None and names[0] == names[1]:
            yield from self._traits(subject, path, old, new)
            return
        if names in self._comparing:
            return
        remembered = any(names)
        if remembered:
            self._comparing.add(names)
        yield from self._resolved(subject, path, old, new)
        if remembered:
            self._comparing.discard(names)

    def _resolved(self, subject: str, path: str, old: Json, new: Json) -> Iterator[Change]:
        before, after = self.old.resolve(old), self.new.resolve(new)
        kinds = _type(before), _type(after)
        if kinds[0] != kinds[1]:
            yield Change(
                "field", subject, path, "changed", f"type {kinds[0]} → {kinds[1]}", True, True
            )
            return
        yield from self._traits(subject, path, before, after)
        yield from self._values(subject, path, before, after)
        yield from self._fields(subject, path, before, after)
        for key, mark in (("items", "[]"), ("additionalProperties", "{}")):
            inner = before.get(key), after.get(key)
            if isinstance(inner[0], dict) and isinstance(inner[1], dict):
                yield from self.compare(subject, path + mark, inner[0], inner[1])

    def _fields(self, subject: str, path: str, old: Json, new: Json) -> Iterator[Change]:
        before, after = old.get("properties", {}), new.get("properties", {})
        needed = set(old.get("required", [])), set(new.get("required", []))
        for name in sorted(before.keys() | after.keys()):
            where = f"{path}.{name}" if path else name
            if name not in after:
                writable = not before[name].get("readOnly")
                yield Change("field", subject, where, "removed", "", True, writable)
            elif name not in before:
                required = name in needed[1] and not after[name].get("readOnly")
                detail = "required" if required else ""
                yield Change("field", subject, where, "added", detail, False, required)
            else:
                yield from self.compare(subject, where, before[name], after[name])
                yield from _requirement(subject, where, name in needed[0], name in needed[1])

    def _traits(self, subject: str, path: str, old: Json, new: Json) -> Iterator[Change]:
        def changed(detail: str, readers: bool, writers: bool) -> Change:
            return Change("field", subject, path, "changed", detail, readers, writers)

        if bool(old.get("readOnly")) != bool(new.get("readOnly")):
            only = bool(new.get("readOnly"))
            yield changed("now read-only" if only else "now writable", False, only)
        if bool(old.get("nullable")) != bool(new.get("nullable")):
            null = bool(new.get("nullable"))
            yield changed(
                "null is now allowed" if null else "null is no longer allowed", null, not null
            )
        for name in sorted((old.keys() | new.keys()) - NOT_COMPARED):
            if old.get(name) != new.get(name):
                detail = f"{name} {old.get(name)!r} → {new.get(name)!r}"
                yield changed(detail, False, _narrower(name, old.get(name), new.get(name)))

    def _values(self, subject: str, path: str, old: Json, new: Json) -> Iterator[Change]:
        before, after = old.get("enum"), new.get("enum")
        if before is None or after is None:
            if before != after:
                opened = after is None
                detail = (
                    "any value is allowed" if opened else f"only {', '.join(map(str, after or []))}"
                )
                yield Change("field", subject, path, "changed", detail, opened, not opened)
            return
        closed = new.get("x-ms-enum", {}).get("modelAsString", True) is False
        for value in before:
            if value not in after:
                yield Change("enum value", subject, _at(path, value), "removed", "", False, True)
        for value in after:
            if value not in before:
                yield Change("enum value", subject, _at(path, value), "added", "", closed, False)

    def _subtypes(self, name: str, old: Json, new: Json) -> Iterator[Change]:
        before = old.get("discriminator", {}).get("mapping", {})
        after = new.get("discriminator", {}).get("mapping", {})
        for value in sorted(before.keys() | after.keys()):
            if value not in after:
                yield Change("subtype", name, value, "removed", "", True, True)
            elif value not in before:
                yield Change("subtype", name, value, "added")
            elif before[value] != after[value]:
                detail = " → ".join(
                    one.removeprefix(PREFIX) for one in (before[value], after[value])
                )
                yield Change("subtype", name, value, "changed", detail, True, False)


def _requirement(subject: str, path: str, was: bool, now: bool) -> Iterator[Change]:
    if was != now:
        detail = "now required" if now else "no longer required"
        yield Change("field", subject, path, "changed", detail, was, now)


def _type(schema: Json) -> str:
    if "properties" in schema or "oneOf" in schema or "anyOf" in schema:
        return "object"
    kind = schema.get("type") or ("string" if "enum" in schema else "any")
    if kind in {"integer", "number"}:
        return str(kind)
    return f"{kind} ({schema['format']})" if schema.get("format") else str(kind)


def _narrower(name: str, old: Any, new: Any) -> bool:
    """Return whether a constraint rejects values that were valid; True when unsure."""
    if new is None:
        return name == "default"
    if old is None:
        return name in {*LOWER, *UPPER, "pattern"}
    if name in LOWER:
        return bool(new > old)
    if name in UPPER:
        return bool(new < old)
    if name == "x-ms-mutability":
        return bool(set(old) - set(new))
    return name in {"pattern", "default", "style", "explode"}


def _at(path: str, value: Any) -> str:
    return f"{path}={value}"
