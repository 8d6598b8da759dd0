"""Coverage: whether everything in a pinned document is in the generated package."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from codegen_steps import pinned_document
from codegen_steps.problems import CodegenError
from codegen_steps.verify import inventory
from codegen_steps.verify.facts import step_name
from codegen_steps.verify.openapi_facts import PinnedReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from codegen_steps.verify.facts import Facts

WRAPPED = re.compile(r"(?:list|dict|enum)\[(.+)\]")
STEP = re.compile(r"\.[^.\[{]+|\[\]|\{\}")


@dataclass
class Inventory:
    """Contents of a generated package.

    Attributes:
        names: models (``fields`` by wire name), enums (``values``) and aliases by Python name.
        operations: the operation table by operationId.
        modules: number of modules imported.
    """

    names: dict[str, dict[str, Any]] = field(default_factory=dict)
    operations: dict[str, dict[str, Any]] = field(default_factory=dict)
    modules: int = 0

    def of_definition(self, name: str) -> dict[str, Any] | None:
        """Return the entry of a definition of the document."""
        plain = re.sub(r"[^a-z0-9]", "", name.lower())
        return self._by_wire.get(name) or self.names.get(name) or self._by_plain.get(plain)

    def __post_init__(self) -> None:
        """Index the names."""
        self._by_wire = {entry["wire"]: entry for entry in self.names.values() if entry.get("wire")}
        self._by_plain = {
            re.sub(r"[^a-z0-9]", "", name.lower()): entry for name, entry in self.names.items()
        }


def take_inventory(package: Path) -> Inventory:
    """Import every module of the package in another process and list the contents.

    Raises:
        CodegenError: a module cannot be imported.
    """
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-B", "-W", "error", inventory.__file__, str(package.parent)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CodegenError(f"{package}: cannot be imported:\n{done.stderr.strip()[-2000:]}")
    return Inventory(**json.loads(done.stdout))


def uncovered(document: dict[str, Any], found: Inventory) -> list[str]:
    """Return what the document has and the package lacks."""
    lines = list(_operations(document, found))
    reader = PinnedReader(document)
    definitions = {name: facts | pins for name, facts, pins in reader.components()}
    for name, facts in definitions.items():
        entry = found.of_definition(name)
        if entry is None:
            lines.append(f"definition {name}: is not generated")
        else:
            lines += (f"definition {name}: {line}" for line in _missing(facts, entry, found))
    return sorted(set(lines))


def _operations(document: dict[str, Any], found: Inventory) -> Iterator[str]:
    for method, path, operation in pinned_document.operations(document):
        name = operation["operationId"]
        entry = found.operations.get(name)
        if entry is None:
            yield f"operation {name}: is not generated"
            continue
        stated = _stated(method, path, operation, pinned_document.parameters(document, operation))
        yield from (
            f"operation {name}: {key} is {entry[key]}, the document says {value}"
            for key, value in stated.items()
            if entry[key] != value
        )


def _stated(
    method: str, path: str, operation: dict[str, Any], parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    success = [status for status in operation["responses"] if status.startswith("2")]
    return {
        "method": method.upper(),
        "path": path,
        "parameters": [f"{one['in']}:{one['name']}" for one in parameters],
        "needed": [f"{one['in']}:{one['name']}" for one in parameters if one.get("required")],
        "body": "requestBody" in operation,
        "responses": sorted(success),
        "long_running": bool(operation.get("x-ms-long-running-operation")),
        "pageable": "x-ms-pageable" in operation,
    }


def _missing(facts: Facts, entry: dict[str, Any], found: Inventory) -> Iterator[str]:
    for one in sorted(facts):
        where = _follow(one.path, entry, found)
        value = json.loads(one.value)
        if where is None:
            yield f"{one.path} is not generated"
        elif one.keyword == "enum" and isinstance(value, str):
            if value not in where[1].get("values", [value]):
                yield f"{one.path or 'it'} lacks {value!r}"
        elif one.keyword == "x-ms-secret" and value and not where[0].get("secret", True):
            yield f"{one.path} shows a secret"
        elif one.keyword == "readOnly" and value and not where[0].get("read_only", True):
            yield f"{one.path} is not marked as set by the service"


def _follow(
    path: str, entry: dict[str, Any], found: Inventory
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return the field at a path and the entry of its type; None when there is none."""
    stated: dict[str, Any] = {}
    kind = entry.get("alias", "")
    for step in STEP.findall(path):
        if step[0] == ".":
            if "fields" not in entry:
                return None
            stated = entry["fields"].get(step_name(step[1:]), None)
            if stated is None:
                return None
            kind = stated["kind"]
        else:
            stated = {}
            kind = _inner(kind)
        entry = found.names.get(_named(kind), {"alias": kind})
    return stated, entry


def _inner(kind: str) -> str:
    match = WRAPPED.fullmatch(kind)
    if match is None or kind.startswith("enum["):
        return kind
    return match[1].removeprefix("str, ").strip("'")  # an alias is written as Python writes it


def _named(kind: str) -> str:
    match = WRAPPED.fullmatch(kind)
    return match[1] if match and kind.startswith("enum[") else kind
