"""The pinned API document, read as it is: operations to route and schemas to check against."""

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
class Response:
    """What an operation answers with one status."""

    schema: Schema | None
    headers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the document.

    Attributes:
        path: template such as ``/subscriptions/{subscriptionId}/…``.
        responses: by status; the ``default`` response is left out.
        pageable: the ``x-ms-pageable`` extension, or None.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: Schema | None
    body_required: bool
    responses: dict[int, Response] = field(default_factory=dict)
    long_running: bool = False
    pageable: dict[str, Any] | None = None

    @property
    def ends_in_name(self) -> bool:
        """Whether the path addresses one resource rather than a collection or an action."""
        return self.path.endswith("}")

    def in_query(self) -> Iterator[Parameter]:
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
        """Return what a ``#/…`` reference points at."""
        node: Any = self.document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node

    def merged(self, schema: Schema) -> Schema:
        """Return a schema with its references and ``allOf`` folded in; nested ones are untouched.

        Args:
            schema: an object of this document itself, not a copy.
        """
        if not schema:
            return schema
        # Schemas are parts of the document, which lives as long as this, so that ids are unique.
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
        """Return the member of a union that a discriminator value names, cases ignored.

        Args:
            schema: a merged schema with a ``discriminator``.
            value: what the object says in its discriminator field.

        Returns:
            The merged subtype, or None when no subtype has this value.
        """
        for name, reference in schema["discriminator"].get("mapping", {}).items():
            if isinstance(value, str) and name.lower() == value.lower():
                return self.merged(self.resolve(reference))
        return None

    def base_fields(self, schema: Schema) -> Schema:
        """Return the fields all members of a union share."""
        reference = schema.get("x-amlrest-fields")
        return self.merged(self.resolve(reference)) if reference else schema


@dataclass(frozen=True, slots=True)
class SpecFolder:
    """The folder that holds the pinned documents: of the installed wheel, else of the checkout."""

    root: Traversable

    @classmethod
    def find(cls) -> "SpecFolder":
        """Return the folder that has a ``current.toml``."""
        packaged = resources.files("amlrest_emulator") / "spec"
        return cls(packaged if (packaged / "current.toml").is_file() else _CHECKOUT)

    @property
    def current(self) -> str:
        """The api-version to use when none is asked for."""
        text = (self.root / "current.toml").read_text(encoding="utf-8")
        return str(tomllib.loads(text)["api_version"])

    def versions(self) -> list[str]:
        """The api-versions that are pinned here."""
        folders = (item for item in self.root.iterdir() if item.is_dir())
        return sorted(item.name for item in folders if (item / "openapi.json").is_file())

    def load(self, version: str | None = None) -> Spec:
        """Read one document.

        Args:
            version: api-version; the current one when None.

        Raises:
            ValueError: no document of that version is pinned; names those that are.
        """
        version = version or self.current
        file = self.root / version / "openapi.json"
        if version not in self.versions():
            known = ", ".join(self.versions()) or "none"
            raise ValueError(
                f"no document is pinned for api-version {version!r}; there is: {known}"
            )
        return parse(json.loads(file.read_text(encoding="utf-8")))


def parse(document: dict[str, Any]) -> Spec:
    """Read the operations of an OpenAPI 3 document."""
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
        responses={
            int(status): Response(_json_schema(item), frozenset(item.get("headers", {})))
            for status, item in raw["responses"].items()
            if status.isdigit()
        },
        long_running=bool(raw.get("x-ms-long-running-operation")),
        pageable=raw.get("x-ms-pageable"),
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
