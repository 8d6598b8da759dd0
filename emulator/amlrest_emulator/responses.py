"""Answers in the shape of ARM, and what a request said, for ASGI code."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.types import Scope

from amlrest_emulator.auth import Refusal


def raw_path(scope: Scope) -> str:
    """Return the path as it was sent, still escaped."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw.decode("latin-1").partition("?")[0]


def headers_of(scope: Scope) -> dict[str, str]:
    """Return the headers with names in lower case; repeated ones are joined, none is hidden."""
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def json_response(
    scope: Scope, status: int, body: Any, headers: Mapping[str, str] | None = None
) -> Response:
    """Return an answer with ARM's request ids; ``body`` None means no content."""
    content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    media_type = None if body is None else "application/json; charset=utf-8"
    return Response(content, status, {**request_ids(scope), **(headers or {})}, media_type)


def request_ids(scope: Scope) -> dict[str, str]:
    """Return the request id headers of an answer."""
    sent = headers_of(scope)
    request_id = str(uuid.uuid4())
    ids = {
        "x-ms-request-id": request_id,
        "x-ms-correlation-request-id": sent.get("x-ms-correlation-request-id", request_id),
    }
    if "x-ms-client-request-id" in sent:
        ids["x-ms-client-request-id"] = sent["x-ms-client-request-id"]
    return ids


def refusal_response(scope: Scope, refusal: Refusal) -> Response:
    """Return a refusal in ARM's shape."""
    error = {"code": refusal.code, "message": refusal.message, "details": [], "additionalInfo": []}
    return json_response(scope, refusal.status, {"error": error}, refusal.headers)
