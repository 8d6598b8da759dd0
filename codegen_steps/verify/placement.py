"""Where the facade's attributes stand in the request schemas of pinned documents.

Run as a module, in a process of its own: it imports the facade that comes first on the path,
reads the documents that are named and prints JSON, a `verify.places.Places` for each version.
"""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codegen_steps.verify.places import Places
from codegen_steps.verify.request_schemas import READ_ONLY, Json, RequestSchemas
from codegen_steps.verify.request_schemas import Path as Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARENTS = {"BatchDeployment": "batchEndpoints", "OnlineDeployment": "onlineEndpoints"}
_NEVER_SENT = frozenset({"WorkspaceInfo"})


def places_in(document: Json) -> Places:
    """Return where every attribute of every resource class stands in a document."""
    from amlrest.dialects import dialect_for

    search = _Search(document, dialect_for(document["info"]["version"]))
    classes = _resource_classes()
    for name, cls in classes.items():
        is_base = any(one is not cls and issubclass(one, cls) for one in classes.values())
        search.resource(name, cls, is_base=is_base)
    return search.found


def _resource_classes() -> dict[str, Any]:
    import amlrest
    from amlrest.resources.base import Resource

    named = {name: getattr(amlrest, name) for name in amlrest.__all__}
    return {
        name: cls
        for name, cls in named.items()
        if inspect.isclass(cls) and issubclass(cls, Resource) and name not in _NEVER_SENT
    }


class _Search:
    """The search in one document."""

    def __init__(self, document: Json, dialect: Any) -> None:
        self.found = Places()
        self._schemas = RequestSchemas(document)
        self._dialect = dialect

    def resource(self, name: str, cls: Any, *, is_base: bool) -> None:
        """Look for the attributes of a resource class."""
        if self._refused(cls):
            self.found.absent.append(name)
            return
        parent = next((p for n, p in _PARENTS.items() if name.endswith(n)), None)
        schema = self._schemas.request_of(cls.KIND, parent)
        if schema is None:
            self.found.missing.append(f"{name}: no PUT of {cls.KIND}")
            return
        named = self._object(schema, cls, name)
        if not is_base:
            self._unnamed(schema, cls, named)

    def _refused(self, cls: Any) -> bool:
        from amlrest._wire.dialect import class_refusal

        return class_refusal(cls, self._dialect) is not None

    def _object(self, schema: Json, cls: Any, where: str) -> frozenset[Place]:
        """Look for the attributes of a class; returns the fields that have a place or are fixed."""
        from amlrest._wire.dialect import layout_of

        entries, fixed = layout_of(cls, self._dialect), list(self._fixed(cls))
        named = frozenset({entry.path for entry in entries if entry.path} | set(fixed))
        for entry in entries:
            label = f"{where}.{'+'.join(entry.names)}"
            inner = self._entry(schema, cls, entry, label)
            if inner is not None:
                self._below(inner, entry.codec, label, _inside(named, entry.path))
        for path in fixed:
            if self._schemas.at(schema, path, self._kinds(cls)) is None:
                self.found.missing.append(f"{where}: {'.'.join(path)} is not in the document")
        return named

    def _unnamed(self, schema: Json, cls: Any, named: frozenset[Place]) -> None:
        self.found.unnamed += [
            f"{cls.__name__}: {'.'.join(path)}"
            for path in self._schemas.unnamed(schema, named, self._kinds(cls))
        ]

    def _kind(self, cls: Any) -> tuple[str, str] | None:
        found: tuple[str, str] | None = (
            self._dialect.type_of(cls) if self._dialect else cls.WIRE_TYPE
        )
        return found

    def _kinds(self, cls: Any) -> dict[str, str]:
        kind = self._kind(cls)
        return {kind[0].rpartition(".")[2]: kind[1]} if kind else {}

    def _fixed(self, cls: Any) -> Iterator[Place]:
        """Yield the paths of fields that are no attributes."""
        from amlrest._wire.fields import resolve

        kind = self._kind(cls)
        tables = self._dialect.tables(cls) if self._dialect else []
        names = [kind[0]] if kind else []
        names += [name for table in tables for name in table.constants or {}]
        for name in dict.fromkeys(names):
            yield resolve(cls.WIRE_ROOT, name)

    def _entry(self, schema: Json, cls: Any, entry: Any, label: str) -> Json | None:
        """Note where an attribute stands; returns the schema there if it can be sent."""
        short = f"{cls.__name__}.{'+'.join(entry.names)}"
        inner = self._schemas.at(schema, entry.path, self._kinds(cls)) if entry.path else None
        if entry.refusal is not None or not entry.path:
            self.found.absent.append(short)
            if inner is READ_ONLY:
                self.found.read_only.append(short)
            elif inner is not None:
                self.found.refused.append(f"{label}: {'.'.join(entry.path)}")
            return None
        if inner is None and entry.is_preview:
            self.found.absent.append(short)
            return None
        if inner is None or inner is READ_ONLY:
            reason = "is not in the document" if inner is None else "is read-only"
            self.found.missing.append(f"{label}: {'.'.join(entry.path) or 'it'} {reason}")
            return None
        self.found.placed.append(short)
        words = self._schemas.words(inner)
        if words:
            self.found.words[short] = sorted({*words, *self.found.words.get(short, [])})
        return inner

    def _below(self, schema: Json, codec: Any, label: str, named: frozenset[Place]) -> None:
        """Look for the attributes of the classes that a codec holds.

        Args:
            schema: the schema of the value.
            codec: its codec.
            label: what to call the attribute.
            named: fields in the value that are attributes of its owner.
        """
        for classes, below in self._held(schema, codec):
            for one in classes:
                if not self._refused(one):
                    own = self._object(below, one, f"{label}<{one.__name__}>")
                    self._unnamed(below, one, own | named)

    def _held(self, schema: Json, codec: Any) -> Iterator[tuple[tuple[Any, ...], Json]]:
        """Yield the classes that a codec holds, with the schema for them."""
        if hasattr(codec, "inner"):
            resolved = self._schemas.resolve(schema)
            below = resolved.get("additionalProperties") or resolved.get("items")
            if isinstance(below, dict):
                yield from self._held(below, codec.inner)
        elif hasattr(codec, "classes"):
            yield codec.classes, schema


def _inside(named: frozenset[Place], path: Place) -> frozenset[Place]:
    """Return the fields below a path, relative to it."""
    depth = len(path)
    return frozenset(one[depth:] for one in named if len(one) > depth and one[:depth] == path)


def main() -> None:
    """Print the places in each document that is named, by API version."""
    found = {}
    for path in sys.argv[1:]:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        found[document["info"]["version"]] = places_in(document).as_json()
    print(json.dumps(found, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
