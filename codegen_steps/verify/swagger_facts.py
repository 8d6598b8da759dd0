"""Facts of the official Swagger 2.0 documents."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from codegen_steps.verify.facts import Fact, Facts, fact, pointer_steps, schema_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

Located = tuple[Path, Any]
LISTS = {
    "csv": "form,false",
    "multi": "form,true",
    "ssv": "spaceDelimited,false",
    "pipes": "pipeDelimited,false",
}
METHODS = {"get", "put", "post", "delete", "options", "head", "patch"}


@dataclass(frozen=True)
class SwaggerReader:
    """Reads facts from the documents of one version.

    Args:
        documents: the version's own documents.
    """

    documents: list[Path]

    def definitions(self) -> Iterator[tuple[str, Facts]]:
        """Yield name and facts of each definition of the own documents."""
        for path in self.documents:
            for name, schema in load(path).get("definitions", {}).items():
                yield name, frozenset(self._schema(path, schema, ""))

    def operations(self) -> Iterator[tuple[str, Facts]]:
        """Yield ``method path`` in lower case and the facts of each operation."""
        for path in self.documents:
            document = load(path)
            base = document.get("basePath", "").rstrip("/")
            for section in ("paths", "x-ms-paths"):
                for url, item in document.get(section, {}).items():
                    shared = item.get("parameters", [])
                    for method in METHODS & set(item):
                        subject = f"{method} {base}{url}".lower()
                        facts = self._operation(path, item[method], shared)
                        yield subject, frozenset(facts)

    def values(self) -> Iterator[tuple[str, str, str]]:
        """Yield base, discriminator value and name of each subtype that has a value."""
        for path in self.documents:
            for name, schema in load(path).get("definitions", {}).items():
                if "x-ms-discriminator-value" in schema:
                    for base in self._bases(path, schema):
                        yield base, str(schema["x-ms-discriminator-value"]), name

    def _bases(self, path: Path, schema: dict[str, Any]) -> Iterator[str]:
        for part in schema.get("allOf", []):
            if "$ref" in part:
                target, parent = resolve(path, part["$ref"])
                if "discriminator" in parent:
                    yield pointer_steps(unquote(part["$ref"]))[-1]
                yield from self._bases(target, parent)

    def _operation(self, path: Path, operation: dict[str, Any], shared: Any) -> Iterator[Fact]:
        document = load(path)
        for name, value in operation.items():
            if name in {"operationId", "deprecated", "tags"} or (
                name.startswith("x-") and name != "x-ms-examples"
            ):
                yield fact("", name, value)
        parameters = {
            (entry["in"], entry["name"]): (at, entry)
            for at, entry in (follow(path, p) for p in [*shared, *operation.get("parameters", [])])
        }
        consumes = operation.get("consumes") or document.get("consumes") or ["application/json"]
        for at, parameter in parameters.values():
            if parameter["in"] == "body":
                yield from self._body(at, parameter, consumes)
            elif parameter["in"] != "formData":
                yield from self._parameter(at, parameter)
        produces = operation.get("produces") or document.get("produces") or ["application/json"]
        for status, response in operation["responses"].items():
            yield from self._response(*follow(path, response), status, produces)

    def _body(self, path: Path, parameter: dict[str, Any], consumes: list[str]) -> Iterator[Fact]:
        yield fact("body", "name", parameter["name"])
        yield fact("body", "needed", bool(parameter.get("required")))
        for kind in consumes:
            yield from self._schema(path, parameter["schema"], f"body {kind}")

    def _parameter(self, path: Path, parameter: dict[str, Any]) -> Iterator[Fact]:
        where = f"{parameter['in']}:{parameter['name']}"
        yield fact(where, "needed", bool(parameter.get("required")) or parameter["in"] == "path")
        if parameter.get("type") == "array":
            style = LISTS[parameter.get("collectionFormat", "csv")]
            simple = parameter["in"] != "query"
            yield fact(where, "style", style.replace("form", "simple") if simple else style)
        rest = {
            name: value
            for name, value in parameter.items()
            if name not in {"name", "in", "required", "collectionFormat"}
        }
        yield from self._schema(path, rest, where)

    def _response(
        self, path: Path, response: dict[str, Any], status: str, produces: list[str]
    ) -> Iterator[Fact]:
        yield fact(f"response {status}", "stated", True)
        is_file = response.get("schema", {}).get("type") == "file"
        if is_file and produces == ["application/json"]:
            produces = ["application/octet-stream"]  # a file is not sent as JSON
        for kind in produces if "schema" in response else []:
            yield from self._schema(path, response["schema"], f"response {status} {kind}")
        for name, header in response.get("headers", {}).items():
            stated = {key: value for key, value in header.items() if key != "collectionFormat"}
            yield from self._schema(path, stated, f"response {status} header {name}")

    def _schema(self, path: Path, schema: dict[str, Any], where: str) -> Iterator[Fact]:
        def keyword(name: str, value: Any, at: str) -> Iterator[Fact] | None:
            if name == "$ref":
                return self._reference(path, value, at)
            if name == "x-nullable":
                return iter([fact(at, "nullable", bool(value))])
            if name == "additionalProperties" and value is False:
                return iter([fact(at, "closed", True)])
            if name == "type" and value == "file":
                return iter([fact(at, "type", "string"), fact(at, "format", "binary")])
            return None

        return schema_facts(schema, where, keyword)

    def _reference(self, path: Path, reference: str, where: str) -> Iterator[Fact]:
        pointer = pointer_steps(unquote(reference.partition("#")[2]))
        if pointer[:1] == ["definitions"] and len(pointer) == len(["definitions", "name"]):
            yield fact(where, "ref", pointer[-1])
        else:
            target, schema = resolve(path, reference)
            yield from self._schema(target, schema, where)


@cache
def load(path: Path) -> Any:
    """Return the JSON in a file."""
    return json.loads(path.read_text(encoding="utf-8-sig"))


def resolve(path: Path, reference: str) -> Located:
    """Return file and value that a ``$ref`` in the file ``path`` points to."""
    file, _, pointer = reference.partition("#")
    target = (path.parent / unquote(file)).resolve() if file else path
    value = load(target)
    for step in pointer_steps(unquote(pointer)):
        value = value[step]
    return target, value


def follow(path: Path, value: Any) -> Located:
    """Return file and value with references followed."""
    while "$ref" in value:
        path, value = resolve(path, value["$ref"])
    return path, value
