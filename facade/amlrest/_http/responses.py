"""Responses: parse results, raise errors. No I/O."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote, urlsplit

from amlrest._urls import redact_url
from amlrest.errors import (
    OperationCanceledError,
    OperationFailedError,
    ServiceError,
    UnreadableResponseError,
    find_inner_errors,
    service_error_type,
)

if TYPE_CHECKING:
    from amlrest_client.errors import ServiceError as ClientError
    from amlrest_client.operations import Operation

    from amlrest._http.messages import Response
    from amlrest._http.polling import OperationStatus

E = TypeVar("E", bound=ServiceError)

_INNER_CAPITAL = re.compile(r"(?<=.)([A-Z])")
_PARTIAL = 206
_SHOWN = 300
_UNSUPPORTED_VERSION = frozenset({"InvalidApiVersionParameter", "NoRegisteredProviderFound"})
_NOT_FOUND = 404
_RANGE_BEYOND_END = 416


def parse(operation: Operation, response: Response, *, models: bool = False) -> Any:
    """Return the body as JSON or as the operation's model; None when there is none.

    Raises:
        ServiceError: the service returned an error.
        UnreadableResponseError: the response is malformed.
    """
    if _succeeded(response) and response.status not in operation.responses:
        return final_result(operation, response, models=models)
    return _parse_model(operation, response.status, response, models=models)


def read_json(response: Response) -> Any:
    """Return the body as JSON.

    Raises:
        ServiceError: the service returned an error.
        UnreadableResponseError: the body is not valid JSON.
    """
    raise_for_status(response)
    return response.json()


def read_bytes(response: Response) -> bytes:
    """Return the content from the requested byte on; empty when it is beyond the end.

    Raises:
        ServiceError: the service returned an error.
        UnreadableResponseError: the response is the web page of a proxy, not the stored file.
    """
    requested_range = response.request.headers.get("range")
    if requested_range and response.status == _RANGE_BEYOND_END:
        return b""
    raise_for_status(response)
    if _is_foreign_page(response):
        raise UnreadableResponseError(
            f"{response.request.method} {redact_url(response.request.url)} returned a web page instead "
            f"of a file [client request id {response.request.request_id}]",
            request_id=response.request.request_id,
        )
    if response.status == _PARTIAL or not requested_range:
        return response.content
    return response.content[int(requested_range.removeprefix("bytes=").partition("-")[0]) :]


def read_part(response: Response) -> tuple[bytes, int]:
    """Return a part of a file and the size of the whole file; raises as `read_bytes` does."""
    content = read_bytes(response)
    total = response.headers.get("content-range", "").rpartition("/")[2]
    return content, int(total) if total.isdecimal() else len(content)


def _is_foreign_page(response: Response) -> bool:
    """Whether a web page is not from storage, whose responses all carry a request id."""
    is_page = response.headers.get("content-type", "").startswith("text/html")
    return is_page and "x-ms-request-id" not in response.headers


def check(response: Response, operation_id: str | None = None) -> Response:
    """Return the response if it is a success with valid JSON.

    Raises:
        ServiceError: the service returned an error.
        UnreadableResponseError: the body is not valid JSON.
    """
    raise_for_status(response, operation_id)
    response.json()
    return response


def raise_for_status(response: Response, operation_id: str | None = None) -> None:
    """Raise the error of a response whose status is not 2xx.

    Raises:
        ServiceError: the service returned an error.
    """
    if _succeeded(response):
        return
    from amlrest_client.errors import ServiceError as ClientError

    error = ClientError(operation_id or "", response.status, response.headers, response.content)
    raise service_error(error, response) from error


def service_error(error: ClientError, response: Response) -> ServiceError:
    """Return the facade's error for an error of the generated client."""
    inner = find_inner_errors(error.details, error.additional_info, error.error.get("innerError"))
    codes = [each.code for each in inner]
    return _error(service_error_type(error.status, error.code, codes), error, response)


def operation_error(
    operation_id: str, status: OperationStatus, response: Response
) -> OperationFailedError:
    """Return the error of a long-running operation that failed or was canceled."""
    from amlrest_client.errors import ServiceError as ClientError

    kind = OperationCanceledError if status.state == "Canceled" else OperationFailedError
    content = json.dumps({"error": {"message": None, **(status.error or {})}}).encode()
    reason = f"the operation ended as {status.state}"
    error = ClientError(operation_id, response.status, response.headers, content, reason=reason)
    return _error(kind, error, response)


def endpoint_error(kind: type[E], response: Response) -> E:
    """Return the error of an endpoint's response, whose body can be any text.

    Args:
        kind: class of the error.
        response: a response with an error status.
    """
    from amlrest_client.errors import ServiceError as ClientError

    said = " ".join(response.content[: 4 * _SHOWN].decode(errors="replace").split())
    shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
    reason = shown or _phrase(response.status)
    error = ClientError("", response.status, response.headers, response.content, reason=reason)
    return _error(kind, error, response)


def _phrase(status: int) -> str | None:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return None


def _error(kind: type[E], error: ClientError, response: Response) -> E:
    return kind(
        error.status,
        code=error.code,
        message=_message(error, response),
        target=error.target,
        details=error.details,
        additional_info=error.additional_info,
        inner_error=error.error.get("innerError"),
        correlation=_correlation(error.content),
        operation_id=error.operation or None,
        request_id=response.request.request_id,
        headers=response.headers,
    )


def _message(error: ClientError, response: Response) -> str | None:
    """Return the message, with what to do where the service does not support the API version."""
    message = error.message or error.reason or _missing(response)
    if error.code not in _UNSUPPORTED_VERSION:
        return message
    return f"{message}; choose one with api_version=, AMLREST_API_VERSION or --api-version"


def _correlation(content: bytes) -> dict[str, Any] | None:
    """Return the ids that some parts of the service put beside the error."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return None
    found = body.get("correlation") if isinstance(body, dict) else None
    return found if isinstance(found, dict) else None


def _missing(response: Response) -> str | None:
    """Return what was not found; the service says nothing of a compute."""
    if response.status != _NOT_FOUND:
        return None
    path = unquote(urlsplit(response.request.url).path).strip("/")
    where, _, inside = path.partition("/workspaces/")
    workspace, _, resource = inside.partition("/")
    if not resource:
        return f"{path.rpartition('/')[2]} does not exist" if where else None
    return f"{resource} does not exist in workspace {workspace}"


def final_result(operation: Operation, response: Response, *, models: bool = False) -> Any:
    """Return the result of a long-running operation as `parse` does; None when it has none."""
    status = next((status for status, kind in operation.responses.items() if kind), None)
    if status is None or response.json() is None:
        return None
    return _parse_model(operation, status, response, models=models)


def page_items(operation: Operation, page: Any) -> list[Any]:
    """Return the items of a page."""
    found = _field(page, operation.pageable.item_name) if operation.pageable else None
    return found if isinstance(found, list) else []


def next_link(operation: Operation, page: Any) -> Any:
    """Return the link to the next page, if any."""
    name = operation.pageable.next_link_name if operation.pageable else None
    return _field(page, name) if name else None


def _field(page: Any, wire_name: str) -> Any:
    if isinstance(page, dict):
        return page.get(wire_name)
    return getattr(page, _INNER_CAPITAL.sub(r"_\1", wire_name).lower(), None)


def _succeeded(response: Response) -> bool:
    return 200 <= response.status < 300  # noqa: PLR2004


def _parse_model(operation: Operation, status: int, response: Response, *, models: bool) -> Any:
    from amlrest_client.errors import ServiceError as ClientError
    from amlrest_client.runtime import parse_json, parse_response

    if operation.responses.get(status, "") is None:
        response.json()
    try:
        parse = parse_response if models else parse_json
        return parse(operation, status, response.headers, response.content)
    except ClientError as error:
        if _succeeded(response):
            request_id = response.request.request_id
            raise UnreadableResponseError(
                f"{operation.id} returned HTTP {response.status}, but {error.reason} "
                f"[client request id {request_id}]",
                request_id=request_id,
            ) from error
        raise service_error(error, response) from error
