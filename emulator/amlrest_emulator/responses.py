"""ARM responses and request headers for ASGI code."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.types import Scope

from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.json_body import JSON_NULL


def raw_path(scope: Scope) -> str:
    """Return the escaped path of a request."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw.decode("latin-1").partition("?")[0]


def headers_of(scope: Scope) -> dict[str, str]:
    """Return the headers with names in lower case; repeated headers are joined."""
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def json_response(
    scope: Scope, status: int, body: Any, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a JSON response with ARM's request ids; ``body`` None means no content, ``JSON_NULL`` null."""
    said = None if body is JSON_NULL else body
    content = b"" if body is None else json.dumps(said, ensure_ascii=False).encode()
    media_type = None if body is None else "application/json; charset=utf-8"
    return Response(content, status, {**request_ids(scope), **(headers or {})}, media_type)


def request_ids(scope: Scope) -> dict[str, str]:
    """Return the request id headers of a response."""
    sent = headers_of(scope)
    request_id = str(uuid.uuid4())
    ids = {
        "x-ms-request-id": request_id,
        "x-ms-correlation-request-id": sent.get("x-ms-correlation-request-id", request_id),
    }
    if "x-ms-client-request-id" in sent:
        ids["x-ms-client-request-id"] = sent["x-ms-client-request-id"]
    return ids


def error_response(scope: Scope, error: ArmError) -> Response:
    """Return an ARM error response."""
    return json_response(scope, error.status, error.body(), error.response_headers())
