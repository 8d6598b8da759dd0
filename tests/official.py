"""Official documents: the one reader of Azure's Swagger 2.0 documents and YAML examples.

They are public and not part of this repository. Tests that need them are skipped where they are
absent. To run those tests too, put a copy into one folder and set AMLREST_OFFICIAL_DOCUMENTS to
it; without the variable, ``../shared/upstream`` beside the checkout is used. The folder holds

- ``azure-rest-api-specs``: https://github.com/Azure/azure-rest-api-specs, the folders
  ``specification/machinelearningservices`` and ``specification/common-types``. The commit that
  the pinned version was read from is in ``spec/<version>/source.toml``::

    git clone --filter=blob:none --sparse https://github.com/Azure/azure-rest-api-specs
    cd azure-rest-api-specs
    git sparse-checkout set specification/machinelearningservices specification/common-types
    git checkout <commit>

- ``azureml-examples-2021-06``: https://github.com/Azure/azureml-examples as of June 2021, the
  folder ``cli``.
- ``azureml-examples-v2``: the same repository as of today, the folder ``cli``.
- ``../recordings``, or the folder in AMLREST_RECORDINGS: recorded requests and responses of the
  service, one JSON object a line with method, url, api_version, request_body, status, headers and
  body, in ``*.jsonl``; and in ``cases/*.json`` a list of them each under ``exchanges``.
- ``azureml-cli-schemas-2021-08``: the JSON schemas of the YAML files of August 2021, one
  ``<kind>.schema.yml`` each.

This reading of the documents shares nothing with the generator.
"""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
API_VERSION: str = tomllib.loads((ROOT / "spec" / "current.toml").read_text())["api_version"]
"""The pinned version."""
VERSIONS = ("2021-03-01-preview", "2022-05-01", "2024-10-01")
"""The versions that the generator is tested with."""

FOLDER = Path(
    os.environ.get("AMLREST_OFFICIAL_DOCUMENTS") or ROOT.parent / "shared" / "upstream"
).resolve()
SPECS = FOLDER / "azure-rest-api-specs"
YAML_EXAMPLES = FOLDER / "azureml-examples-2021-06" / "cli"
YAML_EXAMPLES_V2 = FOLDER / "azureml-examples-v2"
YAML_SCHEMAS = FOLDER / "azureml-cli-schemas-2021-08"
RECORDINGS = Path(os.environ.get("AMLREST_RECORDINGS") or FOLDER.parent / "recordings").resolve()
_PROVIDER = SPECS / (
    "specification/machinelearningservices/resource-manager/Microsoft.MachineLearningServices"
)
_METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


def reason(path: Path) -> str:
    return f"official documents not found at {path}; tests/official.py says how to get them"


needed = pytest.mark.skipif(not SPECS.is_dir(), reason=reason(SPECS))
"""Skip a test where the official documents are absent."""


recordings_needed = pytest.mark.skipif(
    not RECORDINGS.is_dir(),
    reason=f"recordings not found at {RECORDINGS}; tests/official.py says what they are",
)
"""Skip a test where the recordings are absent."""


def need(path: Path) -> Path:
    """Return a path of the official documents; skip the test where it is absent."""
    if not path.exists():
        pytest.skip(reason(path))
    return path


def folder_of(version: str = API_VERSION) -> Path:
    """Return the folder of a version's documents."""
    return _PROVIDER / ("preview" if version.endswith("preview") else "stable") / version


@cache
def read(file: Path) -> Any:
    """Return the JSON in a file."""
    return json.loads(file.read_text(encoding="utf-8-sig"))


def example(path: str) -> dict[str, Any]:
    """Return one of the pinned version's examples, such as ``Compute/patch.json``."""
    content: dict[str, Any] = json.loads((need(folder_of()) / "examples" / path).read_bytes())
    return content


def request_body(content: dict[str, Any]) -> dict[str, Any]:
    """Return the body of an example request."""
    return next(value for value in content["parameters"].values() if isinstance(value, dict))


def resources(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and JSON of the resources in the pinned version's examples below a folder."""
    examples = folder_of() / "examples"
    for path in sorted((examples / folder).rglob("*.json")):
        content = json.loads(path.read_bytes())
        bodies = [value for value in content["parameters"].values() if isinstance(value, dict)][:1]
        bodies += [answer.get("body") for answer in content["responses"].values()]
        for number, body in enumerate(filter(None, bodies)):
            value = body.get("value")
            for item in value if isinstance(value, list) else [body]:
                if "properties" in item:
                    yield f"{path.relative_to(examples)}#{number}", item


@cache
def pinned() -> Documents:
    """Return the documents of the pinned version; skip the test where they are absent."""
    need(folder_of())
    return Documents()


@cache
def definitions() -> dict[str, Any]:
    """Return all definitions of the pinned version as JSON."""
    return {name: node.value for name, node in pinned().definitions.items()}


@dataclass(frozen=True)
class Node:
    """A JSON value and the file that holds it, so that relative references resolve."""

    file: Path
    value: Any

    def at(self, *keys: Any) -> Node:
        """Return the value below, by keys and positions."""
        value = self.value
        for key in keys:
            value = value[key]
        return Node(self.file, value)

    @property
    def reference(self) -> tuple[Path, str] | None:
        """File and JSON pointer of a ``$ref``."""
        if not (isinstance(self.value, dict) and "$ref" in self.value):
            return None
        file, _, pointer = self.value["$ref"].partition("#")
        target = (self.file.parent / file).resolve() if file else self.file
        return target, pointer

    def resolved(self) -> Node:
        """Return the value with its references followed."""
        if self.reference is None:
            return self
        file, pointer = self.reference
        node = Node(file, read(file))
        for token in pointer.strip("/").split("/") if pointer else []:
            node = node.at(token.replace("~1", "/").replace("~0", "~"))
        return node.resolved()


@dataclass(frozen=True)
class Example:
    """A request and its responses, as the documents show them."""

    name: str
    operation: str
    content: dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """An operation of the documents."""

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
        """Name and schema of the request body."""
        for at in self._positions:
            parameter = self.node.at("parameters", at).resolved()
            if parameter.value["in"] == "body":
                return parameter.value["name"], parameter.at("schema")
        return None

    def response(self, status: str) -> Node | None:
        """Return the schema of a response's body."""
        if status not in self.node.value["responses"]:
            return None
        response = self.node.at("responses", status).resolved()
        return response.at("schema") if "schema" in response.value else None

    def url(self, values: dict[str, Any]) -> tuple[str, dict[str, str]]:
        """Return path and query of a request with these parameters."""
        path, query = self.path, {}
        for name, parameter in self.parameters.items():
            if name in values and parameter["in"] == "path":
                path = path.replace(f"{{{name}}}", quote(str(values[name]), safe=""))
            elif name in values and parameter["in"] == "query":
                query[name] = _query_value(values[name])
        return path, query


def _query_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(_query_value(item) for item in value)
    return str(value)


class Documents:
    """The documents of one API version; none where they are absent."""

    def __init__(self, version: str = API_VERSION) -> None:
        self.version = version
        self.folder = folder_of(version)
        self.files = sorted(self.folder.glob("*.json"))

    @cached_property
    def operations(self) -> dict[str, Operation]:
        """Operations by identifier."""
        found = {}
        for file in self.files:
            for path, item in read(file)["paths"].items():
                for method in _METHODS:
                    if method in item:
                        node = Node(file, item[method])
                        name = item[method]["operationId"]
                        found[name] = Operation(name, method.upper(), path, node)
        return found

    @cached_property
    def definitions(self) -> dict[str, Node]:
        """Definitions by name; the first of several with the same name."""
        found: dict[str, Node] = {}
        for file in self.files:
            for name, value in read(file).get("definitions", {}).items():
                found.setdefault(name, Node(file, value))
        return found

    @cached_property
    def examples(self) -> list[Example]:
        """Examples that the operations refer to and that are there."""
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
        """Request and response bodies of the examples: name, schema, JSON."""
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

    def fields(self, node: Node) -> dict[str, Node]:
        """Return the properties of an object schema, including inherited ones."""
        node = node.resolved()
        found: dict[str, Node] = {}
        for at in range(len(node.value.get("allOf", []))):
            found |= self.fields(node.at("allOf", at))
        for name in node.value.get("properties", {}):
            found[name] = node.at("properties", name)
        return found

    def name_of(self, node: Node) -> str | None:
        """Return the name of the definition that a reference points to."""
        return node.reference[1].rsplit("/", 1)[-1] if node.reference else None

    @cached_property
    def bases(self) -> dict[str, str]:
        """Definitions with a discriminator and subtypes, and the discriminator's name."""
        return {
            name: node.value["discriminator"]
            for name, node in self.definitions.items()
            if "discriminator" in node.value and self.subtypes(name)
        }

    def subtypes(self, base: str) -> dict[str, str]:
        """Return the definitions that extend a base at any depth, by discriminator value."""
        found = {}
        for name, node in self.definitions.items():
            parents = [self.name_of(Node(node.file, part)) for part in node.value.get("allOf", [])]
            if base in parents:
                found[node.value.get("x-ms-discriminator-value", name)] = name
                found |= self.subtypes(name)
        return found
