"""Request schemas of a pinned document, found by path and followed without any definition's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Json = dict[str, Any]
Path = tuple[str, ...]
Kinds = dict[str, str]
READ_ONLY: Json = {"readOnly": True}


class RequestSchemas:
    """The schemas of one document.

    Methods take `kinds`, the value of each discriminator: of a union they follow that subtype
    only, or every subtype where no value is given.
    """

    def __init__(self, document: Json) -> None:
        self._document = document

    def resolve(self, schema: Json) -> Json:
        """Follow a reference."""
        while "$ref" in schema:
            found: Any = self._document
            for step in schema["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            schema = found
        return schema

    def request_of(self, collection: str, parent: str | None) -> Json | None:
        """Return what a PUT of a resource of a collection takes; a version, if it has versions."""
        found: Json | None = None
        for path, item in self._document["paths"].items():
            steps = [step for step in path.strip("/").split("/") if not step.startswith("{")]
            own = [step for step in steps if step != "versions"]
            right = own and own[-1] == collection and (parent is None or parent in own)
            if right and "put" in item and "registries" not in own:
                content = self.resolve(item["put"]["requestBody"])["content"]
                if found is None or steps[-1] == "versions":
                    found = next(iter(content.values()))["schema"]
        return found

    def alternatives(self, schema: Json, kinds: Kinds) -> Iterator[Json]:
        """Yield a schema and all it is made of."""
        schema = self.resolve(schema)
        yield schema
        for part in schema.get("allOf", []):
            yield from self.alternatives(part, kinds)
        for part in _branches(schema, kinds):
            yield from self.alternatives(part, kinds)

    def at(self, schema: Json, path: Path, kinds: Kinds) -> Json | None:
        """Return the schema at a path, `READ_ONLY` for one that is not sent, None for no schema."""
        if not path:
            return schema
        for one in self.alternatives(schema, kinds):
            if path[0] in one.get("properties", {}):
                found = one["properties"][path[0]]
                return READ_ONLY if self._read_only(found) else self.at(found, path[1:], kinds)
            extra = one.get("additionalProperties")
            if isinstance(extra, dict) and path[0] == "*":
                return self.at(extra, path[1:], kinds)
        return None

    def unnamed(
        self, schema: Json, named: Collection[Path], kinds: Kinds, path: Path = ()
    ) -> Iterator[Path]:
        """Yield the fields that can be sent and are not `named`, beside or above those that are.

        What tells the members of a union apart is no such field, nor is an object of nothing else.
        """
        parts = list(self.alternatives(schema, kinds))
        tags = _tags(parts)
        for one in parts:
            for name, inner in one.get("properties", {}).items():
                here = (*path, name)
                if here in named or name in tags or not self._has_choice(inner):
                    continue
                if any(other[: len(here)] == here for other in named):
                    yield from self.unnamed(inner, named, kinds, here)
                else:
                    yield here

    def words(self, schema: Json) -> list[str]:
        """Return the values that a schema lists, or those of the discriminator of a union."""
        found: dict[str, None] = {}
        for one in self.alternatives(schema, {}):
            found |= dict.fromkeys(map(str, one.get("enum", [])))
            items = one.get("items")
            found |= dict.fromkeys(self.words(items) if isinstance(items, dict) else [])
            if "discriminator" in one:
                return [*found, *one["discriminator"].get("mapping", {})]
        return list(found)

    def _has_choice(self, schema: Json) -> bool:
        """Return whether a field can be sent, with more than one value."""
        if self._read_only(schema) or _is_constant(schema):
            return False
        parts = list(self.alternatives(schema, {}))
        tags = _tags(parts)
        fields = [(k, v) for one in parts for k, v in one.get("properties", {}).items()]
        return not tags or any(k not in tags and self._has_choice(v) for k, v in fields)

    def _read_only(self, schema: Json) -> bool:
        return bool(schema.get("readOnly") or self.resolve(schema).get("readOnly"))


def _is_constant(schema: Json) -> bool:
    return len(schema.get("enum", [])) == 1


def _tags(parts: list[Json]) -> set[str]:
    """Return the fields that tell the members of a union apart."""
    found = {one["discriminator"]["propertyName"] for one in parts if "discriminator" in one}
    fields = [item for one in parts for item in one.get("properties", {}).items()]
    return found | {name for name, schema in fields if _is_constant(schema)}


def _branches(schema: Json, kinds: Kinds) -> list[Json]:
    discriminator = schema.get("discriminator", {})
    wanted = kinds.get(discriminator.get("propertyName", ""))
    if wanted is None:
        return [*schema.get("oneOf", []), *schema.get("anyOf", [])]
    mapping = discriminator.get("mapping", {})
    return [{"$ref": ref} for value, ref in mapping.items() if value.lower() == wanted.lower()]
