"""Checks of responses against the pinned documents, by a validator that the project does not use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs

from tests.emulator.two_versions import _readable
from tests.fuzz.in_process import Answer

METHODS = ("get", "put", "post", "patch", "delete")
_REFUSALS = {400, 404, 405, 409, 413}


@dataclass(frozen=True)
class Operation:
    """An operation of a pinned document."""

    version: str
    method: str
    path: str
    raw: dict[str, Any]

    @property
    def id(self) -> str:
        name: str = self.raw["operationId"]
        return name

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """Path and query parameters."""
        components = _readable(self.version)["components"]["parameters"]
        return [
            components[item["$ref"].rpartition("/")[2]] if "$ref" in item else item
            for item in self.raw.get("parameters", [])
        ]

    @property
    def body(self) -> dict[str, Any] | None:
        """Schema of the request body."""
        content = self.raw.get("requestBody", {}).get("content", {})
        return next((media["schema"] for media in content.values()), None)


@cache
def operations(version: str) -> list[Operation]:
    """Return all operations of a version."""
    return [
        Operation(version, method.upper(), path, item[method])
        for path, item in _readable(version)["paths"].items()
        for method in METHODS
        if method in item
    ]


def problem(operation: Operation, answer: Answer) -> str:
    """Return why a response is not one of the document, or ""."""
    if answer.status == 501:
        return "" if operation.id in answer.content.decode() else f"501: {answer.content[:300]!r}"
    if answer.status >= 500 or answer.status < 200:
        return f"status {answer.status}: {answer.content[:300]!r}"
    documented = str(answer.status) in operation.raw["responses"]
    if answer.status >= 300:
        said = _is_error(answer) or _is_missing_compute(operation, answer)
        return "" if answer.status in _REFUSALS and said else f"refusal {answer}"
    if not documented:
        return f"status {answer.status} is not documented"
    validator = _validator(operation.version, operation.id, str(answer.status))
    # The service answers 202 with null.
    if validator is None or answer.content in {b"", b"null"}:
        is_none = answer.content in {b"", b"null"}
        return "" if is_none else f"body {answer.content[:200]!r} is not documented"
    try:
        body = answer.json()
    except ValueError as error:
        return f"not JSON: {error}: {answer.content[:300]!r}"
    found = next(validator.iter_errors(body), None)
    return "" if found is None else f"{list(found.instance_path)}: {_reason(found)}"


def _reason(error: Any) -> str:
    """Return the message of an error; of a union, those of its members."""
    members = getattr(error.kind, "context", None)
    inner = [each.message[:200] for member in members or () for each in member]
    return "; ".join([error.message[:300], *inner])


def _is_error(answer: Answer) -> bool:
    try:
        error = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        return False
    return all(isinstance(error.get(key), str) and error[key] for key in ("code", "message"))


def _is_missing_compute(operation: Operation, answer: Answer) -> bool:
    """Return whether the response is the service's for a missing compute, which is empty."""
    return (answer.status, answer.content, "/computes/" in operation.path) == (404, b"", True)


@cache
def _validator(version: str, operation_id: str, status: str) -> Any:
    operation = next(item for item in operations(version) if item.id == operation_id)
    content = operation.raw["responses"][status].get("content", {})
    schema = next((media["schema"] for media in content.values()), None)
    if schema is None:
        return None
    return jsonschema_rs.Draft4Validator({**schema, "components": _draft4(version)})


@cache
def _draft4(version: str) -> dict[str, Any]:
    """Return the components with ``nullable`` said in JSON schema."""
    converted: dict[str, Any] = _converted(_readable(version)["components"])
    return converted


def _converted(node: Any) -> Any:
    if isinstance(node, list):
        return [_converted(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: _converted(item) for key, item in node.items()}
    if found.get("nullable") is True:
        return {"anyOf": [found, {"type": "null"}]}
    return found
