# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Building requests and parsing responses: pure functions, without I/O or an HTTP library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from . import API_VERSION
from .errors import ServiceError
from .operations import Operation, Parameter
from .types import UNSET

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_SEPARATORS = {"csv": ",", "ssv": " ", "pipes": "|"}
_TYPES: dict[str, tuple[str, tuple[type, ...]]] = {
    "string": ("a str", (str,)),
    "integer": ("an int", (int,)),
    "number": ("a number", (int, float)),
    "boolean": ("a bool", (bool,)),
}
_NO_BODY = frozenset({202, 204})
_RAW = frozenset({"bytes", "text"})


class Request(NamedTuple):
    """A request, ready to send to any host.

    Attributes:
        method: HTTP method.
        path: Path with escaped values.
        query: Names and values in the document's order; not escaped.
        headers: Request headers.
        content: JSON text of the body; None for no body.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    content: bytes | None

    @property
    def url(self) -> str:
        """Path and escaped query."""
        pairs = (f"{quote(name, safe='$')}={quote(value, safe='')}" for name, value in self.query)
        query = "&".join(pairs)
        return f"{self.path}?{query}" if query else self.path


def build_request(
    operation: Operation, parameters: Mapping[str, Any] | None = None, body: Any = None
) -> Request:
    """Build the request of an operation.

    Args:
        operation: An entry of `operations.OPERATIONS`.
        parameters: Values by wire or Python name; None and UNSET mean absent. The API version
            is added unless given.
        body: A model or plain JSON; bytes or str where the document has another media type.

    Raises:
        ValueError: A required parameter or body is missing, a name is unknown, or a value would
            change the path.
        TypeError: A value has the wrong type.
    """
    values = _by_name(operation, parameters or {})
    pairs = [
        (parameter, text)
        for parameter in operation.parameters
        for text in _texts(operation, parameter, values.get(parameter.python_name))
    ]
    content = _content(operation, body)
    headers = {parameter.name: text for parameter, text in pairs if parameter.location == "header"}
    if content is not None:
        headers["Content-Type"] = operation.content_type or "application/json"
    return Request(
        operation.method,
        _path(operation, {p.name: (p, text) for p, text in pairs if p.location == "path"}),
        tuple((p.name, text) for p, text in pairs if p.location == "query"),
        {"Accept": _accepted(operation), **headers},
        content,
    )


def _accepted(operation: Operation) -> str:
    return "application/json" if _RAW.isdisjoint(operation.responses.values()) else "*/*"


def parse_response(
    operation: Operation, status: int, headers: Mapping[str, str], content: bytes
) -> Any:
    """Parse the response of an operation.

    Args:
        operation: The operation that was called.
        status: HTTP status.
        headers: Response headers.
        content: Body.

    Returns:
        The documented model, JSON where no model is documented, bytes or str for other media
        types, or None for no body.

    Raises:
        ServiceError: The status is not a documented success, or the body is not the documented
            one.
    """
    value = parse_json(operation, status, headers, content)
    kind = operation.responses[status]
    if kind is None or kind in _RAW:
        return value
    from ._kinds import kind_of

    return kind_of(kind).read(value)


def parse_json(
    operation: Operation, status: int, headers: Mapping[str, str], content: bytes
) -> Any:
    """Parse the response of an operation as JSON; otherwise as `parse_response` does."""
    if status not in operation.responses:
        reason = None if status >= 400 else "this status is not documented"  # noqa: PLR2004
        raise ServiceError(operation.id, status, headers, content, reason=reason)
    kind = operation.responses[status]
    if kind in _RAW:
        return content if kind == "bytes" else content.decode(errors="replace")
    if not content.strip():
        if kind is None or status in _NO_BODY:
            return None
        raise ServiceError(operation.id, status, headers, content, reason="a body is documented")
    return _checked(operation, kind, status, headers, content)


def _checked(
    operation: Operation, kind: str | None, status: int, headers: Mapping[str, str], content: bytes
) -> Any:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        if kind is None:
            return None
        raise ServiceError(
            operation.id, status, headers, content, reason="the body is not valid JSON"
        ) from None
    if kind is None:
        return value
    from ._kinds import kind_of

    if not isinstance(value, kind_of(kind).json_type):
        reason = f"the body is not the documented {kind}"
        raise ServiceError(operation.id, status, headers, content, reason=reason)
    return value


def _by_name(operation: Operation, given: Mapping[str, Any]) -> dict[str, Any]:
    names = {parameter.name: parameter.python_name for parameter in reversed(operation.parameters)}
    values: dict[str, Any] = {names.get("api-version", ""): API_VERSION}
    names |= {parameter.python_name: parameter.python_name for parameter in operation.parameters}
    for name, value in given.items():
        if name not in names:
            known = ", ".join(sorted(parameter.python_name for parameter in operation.parameters))
            raise ValueError(f"{operation.id} has no parameter {name!r}; it has {known}")
        if value is not None and value is not UNSET:
            values[names[name]] = value
    return values


def _texts(operation: Operation, parameter: Parameter, value: Any) -> Iterable[str]:
    if value is None:
        if parameter.required:
            raise ValueError(f"{operation.id} needs the parameter {parameter.python_name!r}")
        return ()
    where = f"{operation.id}: {parameter.python_name}"
    if parameter.collection is None:
        return (_text(where, parameter, value),)
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise TypeError(f"{where} must be a list, not {type(value).__name__}")
    texts = [_text(where, parameter, item) for item in value]
    if parameter.collection == "multi":
        return texts
    return (_SEPARATORS[parameter.collection].join(texts),) if texts else ()


def _text(where: str, parameter: Parameter, value: Any) -> str:
    expected, types = _TYPES[parameter.type]
    wrong_bool = isinstance(value, bool) and parameter.type != "boolean"
    if wrong_bool or not isinstance(value, types):
        raise TypeError(f"{where} must be {expected}, not {type(value).__name__}")
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    known = {entry.casefold() for entry in parameter.enum}
    if known and not parameter.open_enum and text.casefold() not in known:
        raise ValueError(f"{where} must be one of {', '.join(parameter.enum)}, not {text!r}")
    if parameter.location == "header" and not (text.isascii() and text.isprintable()):
        raise ValueError(f"{where} holds characters that a header cannot carry")
    return text


def _path(operation: Operation, values: Mapping[str, tuple[Parameter, str]]) -> str:
    def fill(match: re.Match[str]) -> str:
        parameter, text = values[match[1]]
        segments = text.strip("/").split("/") if parameter.unescaped else [text]
        for segment in segments:
            if segment in {"", ".", ".."}:
                raise ValueError(
                    f"{operation.id}: {parameter.python_name} must not be {text!r}: "
                    "the request would go to another resource"
                )
        return "/".join(quote(segment, safe="") for segment in segments)

    return _PLACEHOLDER.sub(fill, operation.path)


def _content(operation: Operation, body: Any) -> bytes | None:
    if body is None or body is UNSET:
        if operation.body_required:
            raise ValueError(f"{operation.id} needs a body: {operation.body}")
        return None
    if operation.body is None:
        raise ValueError(f"{operation.id} takes no body")
    if operation.body in _RAW:
        return _raw(operation, body)
    from ._kinds import json_default, kind_of

    if not isinstance(body, dict | list):
        kind_of(operation.body).check(f"{operation.id}: body", body)
    text = json.dumps(body, default=json_default, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _raw(operation: Operation, body: Any) -> bytes:
    if not isinstance(body, bytes | str):
        raise TypeError(
            f"{operation.id}: body must be bytes or str as {operation.content_type}, "
            f"not {type(body).__name__}"
        )
    return body.encode() if isinstance(body, str) else body


__all__ = ["Request", "build_request", "parse_json", "parse_response"]
