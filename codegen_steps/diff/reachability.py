"""Reachability: the definitions that each operation sends and receives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codegen_steps import pinned_document
from codegen_steps.pinned_document import SCHEMAS as PREFIX
from codegen_steps.pinned_document import Json

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Operation:
    """An operation with its parameters resolved.

    Attributes:
        parameters: by ``location:name``.
        facts: the operation in the document.
    """

    method: str
    path: str
    parameters: dict[str, Json]
    facts: Json


class Reachability:
    """The operations of one document and the definitions they refer to.

    Attributes:
        operations: by operationId.
        definitions: names of the definitions; the fields of a split base belong to the base.
        sent: the definitions that are part of a request body.
        received: those that are part of a response.
    """

    def __init__(self, document: Json) -> None:
        self._schemas: dict[str, Json] = document["components"]["schemas"]
        self.operations = dict(_operations(document))
        self.definitions = {
            name for name, schema in self._schemas.items() if "x-amlrest-base" not in schema
        }
        self._behind: dict[str, frozenset[str]] = {}
        self.sent: set[str] = set()
        self.received: set[str] = set()
        for operation in self.operations.values():
            self.sent |= self._closure(operation.facts.get("requestBody", {}))
            self.received |= self._closure(operation.facts["responses"])

    def of(self, operation_id: str) -> frozenset[str]:
        """Return the definitions that an operation sends or receives; none if it is unknown."""
        if operation_id not in self._behind:
            operation = self.operations.get(operation_id)
            self._behind[operation_id] = self._closure(operation.facts if operation else {})
        return self._behind[operation_id]

    def bases(self, name: str) -> set[str]:
        """Return the definitions that a definition extends, directly or indirectly."""
        schema = self._schemas[name]
        fields = schema.get("x-amlrest-fields", "").removeprefix(PREFIX)
        found: set[str] = set()
        for part in self._schemas[fields or name].get("allOf", []):
            parent = part.get("$ref", "").removeprefix(PREFIX)
            if parent:
                base = self._schemas[parent].get("x-amlrest-base", parent).removeprefix(PREFIX)
                found |= {base} | self.bases(base)
        return found

    def _closure(self, value: Any) -> frozenset[str]:
        found: set[str] = set()
        waiting = list(_references(value))
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += _references(self._schemas.get(name, {}))
        return frozenset(found & self.definitions)


def _operations(document: Json) -> Iterator[tuple[str, Operation]]:
    for method, path, facts in pinned_document.operations(document):
        parameters = pinned_document.parameters(document, facts)
        keyed = {f"{one['in']}:{one['name']}": one for one in parameters}
        yield facts["operationId"], Operation(method.upper(), path, keyed, facts)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _references(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, str) and item.startswith(PREFIX) and name != "x-amlrest-base":
                yield item.removeprefix(PREFIX)
            else:
                yield from _references(item)
