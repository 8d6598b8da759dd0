# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Error of the low-level client: an error response or an undocumented response."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_SHOWN = 300


class ServiceError(Exception):
    """The service returned an error, or a response that the operation does not document.

    Attributes:
        operation: operationId, empty when unknown.
        status: HTTP status.
        headers: Response headers, names in lower case.
        content: Response body as received.
        reason: What is wrong with an undocumented response; None otherwise.
        error: The ARM error object; empty when the body has none.
    """

    def __init__(
        self,
        operation: str,
        status: int,
        headers: Mapping[str, str],
        content: bytes,
        *,
        reason: str | None = None,
    ) -> None:
        self.operation = operation
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.content = content
        self.reason = reason
        self.error = _error_object(content)
        super().__init__(operation, status)  # shown by repr: a body may hold secrets

    @property
    def code(self) -> str | None:
        """Error code, such as `ResourceNotFound`."""
        return _text(self.error.get("code"))

    @property
    def message(self) -> str | None:
        """Error message."""
        return _text(self.error.get("message"))

    @property
    def target(self) -> str | None:
        """Target of the error, such as a field."""
        return _text(self.error.get("target"))

    @property
    def details(self) -> list[dict[str, Any]]:
        """Nested errors: code, message, target, details."""
        return _objects(self.error.get("details"))

    @property
    def additional_info(self) -> list[dict[str, Any]]:
        """Additional information: type and info."""
        return _objects(self.error.get("additionalInfo"))

    @property
    def request_id(self) -> str | None:
        """Identifier of the request at the service (`x-ms-request-id`)."""
        return self.headers.get("x-ms-request-id")

    @property
    def correlation_id(self) -> str | None:
        """Identifier of related requests (`x-ms-correlation-request-id`)."""
        return self.headers.get("x-ms-correlation-request-id")

    @property
    def client_request_id(self) -> str | None:
        """Identifier set by the caller (`x-ms-client-request-id`)."""
        return self.headers.get("x-ms-client-request-id")

    def __str__(self) -> str:
        error = ": ".join(part for part in (self.code, self.message) if part)
        parts = [f"{self.operation or 'request'} answered {self.status}"]
        parts += [part for part in (self.reason, error or _excerpt(self.content)) if part]
        ids = f" (request id {self.request_id})" if self.request_id else ""
        return ": ".join(parts) + ids

    def __reduce__(self) -> tuple[Any, ...]:
        arguments = (self.operation, self.status, self.headers, self.content, self.reason)
        return _rebuild, arguments


def _rebuild(
    operation: str, status: int, headers: Mapping[str, str], content: bytes, reason: str | None
) -> ServiceError:
    return ServiceError(operation, status, headers, content, reason=reason)


def _error_object(content: bytes) -> dict[str, Any]:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(body, dict):
        return {}
    names = {name.lower(): value for name, value in body.items()}
    nested = names.get("error")
    if isinstance(nested, str):  # OAuth answers {"error": code, "error_description": message}
        return {"code": nested, "message": names.get("error_description")}
    found = nested if isinstance(nested, dict) else body
    return found if "code" in found or "message" in found else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _excerpt(content: bytes) -> str:
    # JSON that is not an error object may be a resource with secrets
    if not content:
        return "the body is empty"
    if content.lstrip()[:1] in {b"{", b"["}:
        return "the body is not an error object"
    words = " ".join(content[: _SHOWN * 4].decode(errors="replace").split())
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


__all__ = ["ServiceError"]
