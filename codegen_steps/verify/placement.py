"""Run as a script: which attributes of the facade have no place in a document's request schemas.

Reads pinned documents as they are and the facade as it is imported; prints JSON.
"""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
_PARENTS = {"BatchDeployment": "batchEndpoints", "OnlineDeployment": "onlineEndpoints"}
_NEVER_SENT = frozenset({"WorkspaceInfo"})


class Schemas:
    """The schemas of one document."""

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

    def alternatives(self, schema: Json, kinds: dict[str, str]) -> Iterator[Json]:
        """Yield a schema and all it is made of; of a union only what `kinds` asks for."""
        schema = self.resolve(schema)
        yield schema
        for part in schema.get("allOf", []):
            yield from self.alternatives(part, kinds)
        mapping = schema.get("discriminator", {}).get("mapping", {})
        wanted = kinds.get(schema.get("discriminator", {}).get("propertyName", ""))
        named = {value.lower(): {"$ref": ref} for value, ref in mapping.items()}
        if wanted is not None:
            branches = [named[wanted.lower()]] if wanted.lower() in named else []
        else:
            branches = schema.get("oneOf", [])
        for part in branches:
            yield from self.alternatives(part, kinds)

    def at(self, schema: Json, path: tuple[str, ...], kinds: dict[str, str]) -> Json | None:
        """Return the schema at a path; None when nothing is there."""
        if not path:
            return schema
        for one in self.alternatives(schema, kinds):
            if path[0] in one.get("properties", {}):
                found = one["properties"][path[0]]
                if found.get("readOnly"):
                    return {"readOnly": True}
                return self.at(found, path[1:], kinds)
            extra = one.get("additionalProperties")
            if isinstance(extra, dict) and path[0] == "*":
                return self.at(extra, path[1:], kinds)
        return None

    def request_of(self, collection: str, parent: str | None) -> Json | None:
        """Return what a PUT of a resource of a collection takes."""
        found: Json | None = None
        for path, item in self._document["paths"].items():
            steps = [step for step in path.strip("/").split("/") if not step.startswith("{")]
            own = [step for step in steps if step != "versions"]
            right = own[-1] == collection and (parent is None or parent in own)
            if "put" in item and right and "registries" not in own:
                content = self.resolve(item["put"]["requestBody"])["content"]
                if found is None or steps[-1] == "versions":
                    found = next(iter(content.values()))["schema"]
        return found


def unplaced(document: Json, api_version: str) -> list[str]:
    """Return the attributes without a place, each with the path that was looked for."""
    import amlrest
    from amlrest.dialects import dialect_for
    from amlrest.resources.base import Resource

    dialect, schemas = dialect_for(api_version), Schemas(document)
    found: list[str] = []
    for name in amlrest.__all__:
        cls = getattr(amlrest, name)
        if not inspect.isclass(cls) or not issubclass(cls, Resource) or name in _NEVER_SENT:
            continue
        parent = next((p for n, p in _PARENTS.items() if name.endswith(n)), None)
        schema = schemas.request_of(cls.KIND, parent)
        if schema is None:
            found.append(f"{name}: no PUT of {cls.KIND}")
        elif not _refused(cls, dialect):
            found += _unplaced(schemas, schema, cls, dialect, name)
    return found


def _refused(cls: Any, dialect: Any) -> bool:
    if dialect is None:
        return bool(cls.SINCE)
    return any(table.never for table in dialect.tables(cls))


def _unplaced(schemas: Schemas, schema: Json, cls: Any, dialect: Any, where: str) -> Iterator[str]:
    from amlrest._wire.dialect import layout_of

    kind = dialect.type_of(cls) if dialect else cls.WIRE_TYPE
    kinds = {kind[0].rpartition(".")[2]: kind[1]} if kind else {}
    for entry in layout_of(cls, dialect):
        if not entry.path:
            continue
        label = f"{where}.{'+'.join(entry.names)}"
        inner = schemas.at(schema, entry.path, kinds)
        if inner is None or (inner.get("readOnly") and entry.refusal is None):
            reason = "is not in the document" if inner is None else "is read-only"
            yield f"{label}: {'.'.join(entry.path)} {reason}"
        else:
            for classes, below in _inside(schemas, inner, entry.codec):
                for one in classes:
                    if not _refused(one, dialect):
                        yield from _unplaced(
                            schemas, below, one, dialect, f"{label}<{one.__name__}>"
                        )


def _inside(schemas: Schemas, schema: Json, codec: Any) -> Iterator[tuple[tuple[Any, ...], Json]]:
    """Yield the classes that a codec holds, with the schema for them."""
    if hasattr(codec, "inner"):
        resolved = schemas.resolve(schema)
        below = resolved.get("additionalProperties") or resolved.get("items")
        if isinstance(below, dict):
            yield from _inside(schemas, below, codec.inner)
    elif hasattr(codec, "classes"):
        yield codec.classes, schema


def main() -> None:
    """Print what is unplaced in each document that is named, by API version."""
    found = {}
    for path in sys.argv[1:]:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        found[document["info"]["version"]] = unplaced(document, document["info"]["version"])
    print(json.dumps(found, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
