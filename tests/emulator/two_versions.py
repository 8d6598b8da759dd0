"""Two API versions of one workspace: clients, and a check of responses by another validator."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import Any

import httpx
import openapi_schema_validator

from tests.emulator.arm import Arm
from tests.official import ROOT

FIRST, NEWER = "2021-03-01-preview", "2024-10-01"
BOTH = (FIRST, NEWER)
NULL = {"systemData", "credentials", "target", "additionalInfo"}
"""Fields that were recorded as null, also of errors, although no document says so."""


class Client:
    """Sends requests of one API version and validates every response against its document."""

    def __init__(self, arm: Arm, version: str) -> None:
        self.arm = arm
        self.version = version
        self.id = arm.id

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> httpx.Response:
        """Send a request and return its valid response."""
        answer = self.arm(method, path, body, **{"api-version": self.version, **query})
        # The service answers 202 with null.
        if answer.is_success and answer.content not in {b"", b"null"}:
            check(self.version, method, answer.request.url.path, answer)
        return answer

    def made(self, path: str, body: Any) -> dict[str, Any]:
        """Create or replace a resource and return it."""
        answer = self("PUT", path, body)
        assert answer.is_success, answer.text
        return self.read(path)

    def read(self, path: str) -> dict[str, Any]:
        """Return a resource."""
        answer = self("GET", path)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def listed(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Return a collection."""
        answer = self("GET", path, **query)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["value"]
        return found


def check(version: str, method: str, path: str, answer: httpx.Response) -> None:
    """Fail unless the body of a response is what the document of a version says."""
    schema = _response_schema(version, method, path, str(answer.status_code))
    assert schema is not None, f"{version}: {method} {path} has no body for {answer.status_code}"
    validator = openapi_schema_validator.OAS30ReadValidator(
        {**schema, "components": _readable(version)["components"]}
    )
    problems = [f"{each.json_path} {each.message}" for each in _deepest(validator, answer.json())]
    assert not problems, f"{version} {method} {path}: {problems[:5]}"


def _deepest(validator: Any, body: Any) -> list[Any]:
    """Return the errors of a body; of a union, those of its members."""
    errors = list(validator.iter_errors(body))
    return [inner for error in errors for inner in (error.context or [error])]


def _response_schema(version: str, method: str, path: str, status: str) -> dict[str, Any] | None:
    segments = path.strip("/").split("/")
    for template, item in _readable(version)["paths"].items():
        if method.lower() in item and _fits(template.strip("/").split("/"), segments):
            response = item[method.lower()]["responses"].get(status, {})
            content: dict[str, Any] = response.get("content", {})
            return next((media["schema"] for media in content.values()), None)
    return None


def _fits(template: list[str], segments: list[str]) -> bool:
    pairs = zip(template, segments, strict=False)
    same = (a.startswith("{") or a.lower() == b.lower() for a, b in pairs)
    return len(template) == len(segments) and all(same)


@cache
def document(version: str) -> dict[str, Any]:
    """Return the pinned document of a version."""
    text = (ROOT / "spec" / version / "openapi.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def _readable(version: str) -> dict[str, Any]:
    """Return the pinned document of a version; what is never returned is not required in it."""
    readable = deepcopy(document(version))
    schemas = readable["components"]["schemas"]
    for schema in schemas.values():
        for name, field in schema.get("properties", {}).items():
            if "read" not in field.get("x-ms-mutability", ["read"]) and name in schema.get(
                "required", []
            ):
                schema["required"] = [item for item in schema["required"] if item != name]
    # The values of a search space are lists in every version: ["uniform", [0.1, 0.9]].
    schemas["SweepJob"]["properties"]["searchSpace"].pop("additionalProperties", None)
    for schema in schemas.values():
        _allow_null(schema, everywhere=version == FIRST)
    return readable


def _allow_null(node: Any, *, everywhere: bool) -> None:
    """Let optional properties be null, as recorded; the document of 2021 does not say which."""
    if isinstance(node, list):
        for item in node:
            _allow_null(item, everywhere=everywhere)
    if not isinstance(node, dict):
        return
    for key, item in node.items():
        inner = item.values() if key == "properties" else (item,)
        for each in inner:
            _allow_null(each, everywhere=everywhere)
    for name, field in node.get("properties", {}).items():
        optional = everywhere and name not in node.get("required", [])
        # Beside a reference, `nullable` has no effect in OpenAPI 3.0.
        if optional or field.get("nullable") or name in NULL:
            null = {"type": "string", "nullable": True, "enum": [None]}
            node["properties"][name] = {"anyOf": [field, null]}
