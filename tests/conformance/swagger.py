"""A reading of the official Swagger 2.0 documents that shares nothing with the generator."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("AMLREST_SHARED", ROOT.parent / "shared")).resolve()
DOCUMENTS = (
    SHARED / "upstream/azure-rest-api-specs/specification/machinelearningservices"
    "/resource-manager/Microsoft.MachineLearningServices"
)
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


def folder_of(version: str) -> Path:
    return DOCUMENTS / ("preview" if version.endswith("preview") else "stable") / version


@dataclass(frozen=True)
class Node:
    """A value and the file it stands in, so that relative references resolve."""

    file: Path
    value: Any

    def at(self, *keys: Any) -> Node:
        value = self.value
        for key in keys:
            value = value[key]
        return Node(self.file, value)

    @property
    def reference(self) -> tuple[Path, str] | None:
        if not (isinstance(self.value, dict) and "$ref" in self.value):
            return None
        file, _, pointer = self.value["$ref"].partition("#")
        target = (self.file.parent / file).resolve() if file else self.file
        return target, pointer

    def resolved(self) -> Node:
        if self.reference is None:
            return self
        file, pointer = self.reference
        node = Node(file, read(file))
        for token in pointer.strip("/").split("/") if pointer else []:
            node = node.at(token.replace("~1", "/").replace("~0", "~"))
        return node.resolved()


_FILES: dict[Path, Any] = {}


def read(file: Path) -> Any:
    if file not in _FILES:
        _FILES[file] = json.loads(file.read_text(encoding="utf-8-sig"))
    return _FILES[file]


@dataclass(frozen=True)
class Example:
    name: str
    operation: str
    content: dict[str, Any]


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    node: Node

    @cached_property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """Parameters without the body, by name."""
        found = [self.node.at("parameters", at).resolved().value for at in self._positions]
        return {parameter["name"]: parameter for parameter in found if parameter["in"] != "body"}

    @property
    def _positions(self) -> range:
        return range(len(self.node.value.get("parameters", [])))

    @cached_property
    def body(self) -> tuple[str, Node] | None:
        for at in self._positions:
            parameter = self.node.at("parameters", at).resolved()
            if parameter.value["in"] == "body":
                return parameter.value["name"], parameter.at("schema")
        return None

    def response(self, status: str) -> Node | None:
        """The schema of a documented status's body."""
        if status not in self.node.value["responses"]:
            return None
        response = self.node.at("responses", status).resolved()
        return response.at("schema") if "schema" in response.value else None

    def url(self, values: dict[str, Any]) -> tuple[str, dict[str, str]]:
        """The path and the query that the document asks for."""
        path, query = self.path, {}
        for name, parameter in self.parameters.items():
            if name in values and parameter["in"] == "path":
                path = path.replace(f"{{{name}}}", quote(str(values[name]), safe=""))
            elif name in values and parameter["in"] == "query":
                query[name] = as_text(values[name])
        return path, query


def as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(as_text(item) for item in value)
    return str(value)


class Version:
    """All documents of one API version."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.folder = folder_of(version)
        self.files = sorted(self.folder.glob("*.json"))

    @cached_property
    def operations(self) -> dict[str, Operation]:
        found = {}
        for file in self.files:
            for path, item in read(file)["paths"].items():
                for method in METHODS:
                    if method in item:
                        node = Node(file, item[method])
                        name = item[method]["operationId"]
                        found[name] = Operation(name, method.upper(), path, node)
        return found

    @cached_property
    def definitions(self) -> dict[str, Node]:
        """Definitions of the version's own documents; of one name, the first."""
        found: dict[str, Node] = {}
        for file in self.files:
            for name, value in read(file).get("definitions", {}).items():
                found.setdefault(name, Node(file, value))
        return found

    @cached_property
    def examples(self) -> list[Example]:
        found = []
        for operation in self.operations.values():
            for entry in operation.node.value.get("x-ms-examples", {}).values():
                file = (operation.node.file.parent / entry["$ref"]).resolve()
                if file.exists():
                    name = file.relative_to(self.folder / "examples").as_posix()
                    found.append(Example(name, operation.id, read(file)))
        return found

    @cached_property
    def payloads(self) -> list[tuple[str, Node, Any]]:
        """Every request and response body of the examples: where, schema, JSON."""
        found = []
        for example in self.examples:
            operation = self.operations[example.operation]
            if operation.body and operation.body[0] in example.content["parameters"]:
                name, schema = operation.body
                found.append(
                    (f"{example.name} request", schema, example.content["parameters"][name])
                )
            for status, response in example.content["responses"].items():
                answer = operation.response(status) if "body" in response else None
                if answer is not None and response["body"] is not None:
                    found.append((f"{example.name} {status}", answer, response["body"]))
        return found

    # definitions ---------------------------------------------------------------

    def fields(self, node: Node) -> dict[str, Node]:
        """Properties of an object schema, those of its parents included."""
        node = node.resolved()
        found: dict[str, Node] = {}
        for at in range(len(node.value.get("allOf", []))):
            found |= self.fields(node.at("allOf", at))
        for name in node.value.get("properties", {}):
            found[name] = node.at("properties", name)
        return found

    def name_of(self, node: Node) -> str | None:
        """The definition a reference names."""
        return node.reference[1].rsplit("/", 1)[-1] if node.reference else None

    @cached_property
    def bases(self) -> dict[str, str]:
        """Discriminated definitions that have subtypes, with the discriminator's name."""
        return {
            name: node.value["discriminator"]
            for name, node in self.definitions.items()
            if "discriminator" in node.value and self.subtypes(name)
        }

    def subtypes(self, base: str) -> dict[str, str]:
        """Discriminator values with the definitions that extend a base, at any depth."""
        found = {}
        for name, node in self.definitions.items():
            parents = [self.name_of(Node(node.file, part)) for part in node.value.get("allOf", [])]
            if base in parents:
                found[node.value.get("x-ms-discriminator-value", name)] = name
                found |= self.subtypes(name)
        return found
