"""Routing: finds the operation of a method and path, letter case ignored as in ARM."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from amlrest_emulator.arm_errors import ArmError, refuse
from amlrest_emulator.spec import Operation, Spec

_CONTROL = {chr(code) for code in (*range(32), 127)}


@dataclass(slots=True)
class _Node:
    literals: dict[str, _Node] = field(default_factory=dict)
    named: _Node | None = None
    operations: dict[str, Operation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """An operation and its unescaped path parameters."""

    operation: Operation
    values: dict[str, str]


class Router:
    """Finds operations; literal segments take precedence over parameters."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Node()
        for operation in operations:
            self._add(operation)

    @classmethod
    def of(cls, spec: Spec) -> Router:
        """Return the router of a document."""
        return cls(spec.operations.values())

    def _add(self, operation: Operation) -> None:
        node = self._root
        for segment in operation.path.strip("/").split("/"):
            if segment.startswith("{"):
                node.named = node.named or _Node()
                node = node.named
            else:
                node = node.literals.setdefault(segment.lower(), _Node())
        node.operations[operation.method] = operation

    def match(self, method: str, raw_path: str) -> Match:
        """Return the operation of a request.

        Raises:
            ArmError: 404 for an unknown path, 405 for a wrong method, 400 for an invalid name.
        """
        segments = raw_path.strip("/").split("/")
        node = _find(self._root, segments)
        if node is None:
            raise ArmError(404, "InvalidResourceType", f"Unknown path {raw_path}.", raw_path)
        operation = node.operations.get(method)
        if operation is None:
            allowed = ", ".join(sorted(node.operations))
            message = f"{method} is not allowed; use {allowed}."
            raise ArmError(405, "MethodNotAllowed", message, headers={"Allow": allowed})
        return Match(operation, _values(operation.path, segments))


def _find(node: _Node, segments: list[str]) -> _Node | None:
    if not segments:
        return node if node.operations else None
    literal = node.literals.get(unquote(segments[0]).lower())
    found = _find(literal, segments[1:]) if literal else None
    if found is None and node.named is not None:
        return _find(node.named, segments[1:])
    return found


def _values(template: str, segments: list[str]) -> dict[str, str]:
    values = {}
    for part, segment in zip(template.strip("/").split("/"), segments, strict=True):
        if part.startswith("{"):
            values[part[1:-1]] = _name(part[1:-1], segment)
    return values


def _name(parameter: str, segment: str) -> str:
    try:
        value = unquote(segment, errors="strict")
    except UnicodeDecodeError:
        raise refuse(parameter, f"{segment!r} is not UTF-8") from None
    if value in {"", ".", ".."} or "/" in value or _CONTROL.intersection(value):
        raise refuse(parameter, f"{value!r} is not a valid name")
    return value


def fill(template: str, values: dict[str, Any]) -> str:
    """Return a path template with its values, not escaped: an ARM id."""
    for name, value in values.items():
        template = template.replace("{" + name + "}", str(value))
    return template


def resource_type(template: str) -> str:
    """Return the ARM resource type of a path template, such as ``…/workspaces/jobs``."""
    provider = template.rpartition("/providers/")[2]
    parts = [part for part in provider.split("/") if not part.startswith("{")]
    return "/".join(parts)
