"""Pinned API document: operations for routing and schemas for validation."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

Schema = dict[str, Any]

_METHODS = ("get", "put", "post", "patch", "delete", "head", "options")
_CHECKOUT = Path(__file__).resolve().parents[2] / "spec"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A path, query or header parameter of an operation."""

    name: str
    location: str
    required: bool
    schema: Schema


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the document.

    Attributes:
        path: template such as ``/subscriptions/{subscriptionId}/…``.
        responses: documented HTTP statuses.
        answer: schema of the body of a 200, or None.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: Schema | None
    body_required: bool
    responses: frozenset[int]
    long_running: bool = False
    answer: Schema | None = None

    @property
    def addresses_resource(self) -> bool:
        """Whether the path ends in a resource name, not in a collection or an action."""
        return self.path.endswith("}")

    def query_parameters(self) -> Iterator[Parameter]:
        """Yield the query parameters."""
        return (item for item in self.parameters if item.location == "query")


@dataclass(frozen=True, slots=True)
class Spec:
    """A pinned document with its operations and schemas."""

    document: dict[str, Any]
    version: str
    operations: dict[str, Operation]
    _merged: dict[int, Schema] = field(default_factory=dict, repr=False)

    def resolve(self, reference: str) -> Any:
        """Return the target of a ``#/…`` reference."""
        node: Any = self.document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node

    def merged(self, schema: Schema) -> Schema:
        """Return a schema with ``$ref`` and ``allOf`` merged in; nested schemas stay as they are.

        Args:
            schema: an object of this document, not a copy.
        """
        if not schema:
            return schema
        # Schemas belong to the document, which lives as long as this object: ids are unique.
        known = self._merged.get(id(schema))
        if known is None:
            known = self._merged[id(schema)] = self._fold(schema)
        return known

    def _fold(self, schema: Schema) -> Schema:
        parts = [self.merged(part) for part in schema.get("allOf", [])]
        if "$ref" in schema:
            parts.append(self.merged(self.resolve(schema["$ref"])))
        own = {key: value for key, value in schema.items() if key not in {"allOf", "$ref"}}
        folded: Schema = {}
        for part in [*parts, own]:
            properties = folded.get("properties", {}) | part.get("properties", {})
            required = [*folded.get("required", []), *part.get("required", [])]
            folded |= part
            if properties:
                folded |= {"properties": properties}
            if required:
                folded |= {"required": list(dict.fromkeys(required))}
        return folded

    def subtype(self, schema: Schema, value: Any) -> Schema | None:
        """Return the subtype of a discriminator value, letter case ignored.

        Args:
            schema: a merged schema with a ``discriminator``.
            value: value of the discriminator field.

        Returns:
            The merged subtype, or None for an unknown value.
        """
        for name, reference in schema["discriminator"].get("mapping", {}).items():
            if isinstance(value, str) and name.lower() == value.lower():
                return self.merged(self.resolve(reference))
        return None

    def base_fields(self, schema: Schema) -> Schema:
        """Return the schema with the fields that all subtypes share."""
        reference = schema.get("x-amlrest-fields")
        return self.merged(self.resolve(reference)) if reference else schema


@dataclass(frozen=True, slots=True)
class SpecFolder:
    """The folder of the pinned documents, in the installed wheel or in the checkout."""

    root: Traversable

    @classmethod
    def find(cls) -> SpecFolder:
        """Return the folder that has a ``current.toml``."""
        packaged = resources.files("amlrest_emulator") / "spec"
        return cls(packaged if (packaged / "current.toml").is_file() else _CHECKOUT)

    @property
    def current(self) -> str:
        """The default API version."""
        text = (self.root / "current.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(text)["api_version"])

    def versions(self) -> list[str]:
        """Return the pinned API versions."""
        folders = (item for item in self.root.iterdir() if item.is_dir())
        return sorted(item.name for item in folders if (item / "openapi.json").is_file())

    def load(self, version: str | None = None) -> Spec:
        """Return the document of an API version.

        Raises:
            ValueError: unknown version; the message lists the known ones.
        """
        version = version or self.current
        file = self.root / version / "openapi.json"
        if version not in self.versions():
            known = ", ".join(self.versions()) or "none"
            raise ValueError(f"unknown API version {version!r}; pinned versions: {known}")
        return parse(json.loads(file.read_text(encoding="utf-8")))


def parse(document: dict[str, Any]) -> Spec:
    """Return an OpenAPI 3 document with its operations parsed."""
    spec = Spec(document, document["info"]["version"], {})
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                operation = _operation(spec, method, path, item[method])
                spec.operations[operation.id] = operation
    return spec


def _operation(spec: Spec, method: str, path: str, raw: dict[str, Any]) -> Operation:
    body = raw.get("requestBody", {})
    return Operation(
        id=raw["operationId"],
        method=method.upper(),
        path=path,
        parameters=tuple(_parameter(spec, item) for item in raw.get("parameters", [])),
        body=_json_schema(body),
        body_required=body.get("required", False),
        responses=frozenset(int(status) for status in raw["responses"] if status.isdigit()),
        long_running=bool(raw.get("x-ms-long-running-operation")),
        answer=_json_schema(raw["responses"].get("200", {})),
    )


def _parameter(spec: Spec, raw: dict[str, Any]) -> Parameter:
    if "$ref" in raw:
        raw = spec.resolve(raw["$ref"])
    return Parameter(raw["name"], raw["in"], raw.get("required", False), raw.get("schema", {}))


def _json_schema(holder: dict[str, Any]) -> Schema | None:
    for media in holder.get("content", {}).values():
        schema: Schema = media.get("schema", {})
        return schema
    return None
