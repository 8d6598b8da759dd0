"""From an answer to a result or an error. No I/O."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

from amlrest._http.polling import PollResponse
from amlrest._urls import redact_url
from amlrest.errors import (
    OperationCanceledError,
    OperationFailedError,
    ServiceError,
    TransportError,
    service_error_type,
)

if TYPE_CHECKING:
    from amlrest_client.errors import ServiceError as ClientError
    from amlrest_client.operations import Operation

    from amlrest._http.messages import Response
    from amlrest._http.polling import OperationProgress

E = TypeVar("E", bound=ServiceError)

_INNER_CAPITAL = re.compile(r"(?<=.)([A-Z])")
_PARTIAL = 206
_RANGE_BEYOND_END = 416


def parse(operation: Operation, answer: Response, *, models: bool = False) -> Any:
    """Return the body as JSON or as the operation's model; None when there is none.

    Raises:
        ServiceError: the service answered with an error.
        TransportError: the answer cannot be read.
    """
    if _succeeded(answer) and answer.status not in operation.responses:
        return final_result(operation, answer, models=models)
    return _parse_model(operation, answer.status, answer, models=models)


def read_json(answer: Response) -> Any:
    """Turn an answer into JSON.

    Raises:
        ServiceError: the service answered with an error.
        TransportError: the answer cannot be read.
    """
    raise_for_status(answer)
    return answer.json()


def read_bytes(answer: Response) -> bytes:
    """Take the content of an answer, from the byte that was asked for.

    Raises:
        ServiceError: the service answered with an error.
        TransportError: the answer is a web page, as a proxy sends it, and not what is stored.
    """
    asked = answer.request.headers.get("range")
    if asked and answer.status == _RANGE_BEYOND_END:
        return b""
    raise_for_status(answer)
    if _is_foreign_page(answer):
        raise TransportError(
            f"{answer.request.method} {redact_url(answer.request.url)} answered with a web page instead "
            f"of a file [client request id {answer.request.request_id}]",
            request_id=answer.request.request_id,
        )
    if answer.status == _PARTIAL or not asked:
        return answer.content
    return answer.content[int(asked.removeprefix("bytes=").partition("-")[0]) :]


def read_part(answer: Response) -> tuple[bytes, int]:
    """Take a part of a file, and how long the whole file is; as `read_bytes`."""
    content = read_bytes(answer)
    total = answer.headers.get("content-range", "").rpartition("/")[2]
    return content, int(total) if total.isdecimal() else len(content)


def _is_foreign_page(answer: Response) -> bool:
    """Whether a web page comes from elsewhere: what storage sends, pages too, has its id."""
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    return is_page and "x-ms-request-id" not in answer.headers


def check(answer: Response, operation_id: str | None = None) -> Response:
    """Take an answer as it is if it is a readable success.

    Raises:
        ServiceError: the service answered with an error.
        TransportError: the answer is not JSON.
    """
    raise_for_status(answer, operation_id)
    answer.json()
    return answer


def poll_response(answer: Response) -> PollResponse:
    """What polling needs of an answer."""
    return PollResponse(answer.status, answer.headers, answer.json(), answer.request.request_id)


def raise_for_status(answer: Response, operation_id: str | None = None) -> None:
    """Raise what a status other than success means.

    Raises:
        ServiceError: the service answered with an error.
    """
    if _succeeded(answer):
        return
    from amlrest_client.errors import ServiceError as ClientError

    error = ClientError(operation_id or "", answer.status, answer.headers, answer.content)
    raise service_error(error, answer) from error


def service_error(error: ClientError, answer: Response) -> ServiceError:
    """The facade's error for the client's."""
    return _error(service_error_type(error.status, error.code), error, answer)


def operation_error(
    operation_id: str, progress: OperationProgress, answer: Response
) -> OperationFailedError:
    """The error for a long-running operation that did not succeed."""
    from amlrest_client.errors import ServiceError as ClientError

    kind = OperationCanceledError if progress.state == "Canceled" else OperationFailedError
    content = json.dumps({"error": {"message": None, **(progress.error or {})}}).encode()
    reason = f"the operation ended as {progress.state}"
    error = ClientError(operation_id, answer.status, answer.headers, content, reason=reason)
    return _error(kind, error, answer)


def _error(kind: type[E], error: ClientError, answer: Response) -> E:
    return kind(
        error.status,
        code=error.code,
        message=error.message or error.reason,
        target=error.target,
        details=error.details,
        additional_info=error.additional_info,
        operation_id=error.operation or None,
        request_id=answer.request.request_id,
        headers=answer.headers,
    )


def final_result(operation: Operation, answer: Response, *, models: bool = False) -> Any:
    """Return the result of a long-running operation as `read` does; None when it has none."""
    status = next((status for status, kind in operation.responses.items() if kind), None)
    if status is None or answer.json() is None:
        return None
    return _parse_model(operation, status, answer, models=models)


def page_items(operation: Operation, page: Any) -> list[Any]:
    """Return the items of a page; a page without any has none."""
    found = _field(page, operation.pageable.item_name) if operation.pageable else None
    return found if isinstance(found, list) else []


def next_link(operation: Operation, page: Any) -> Any:
    """What a page says about the next one."""
    name = operation.pageable.next_link_name if operation.pageable else None
    return _field(page, name) if name else None


def _field(page: Any, wire_name: str) -> Any:
    if isinstance(page, dict):
        return page.get(wire_name)
    return getattr(page, _INNER_CAPITAL.sub(r"_\1", wire_name).lower(), None)


def _succeeded(answer: Response) -> bool:
    return 200 <= answer.status < 300  # noqa: PLR2004


def _parse_model(operation: Operation, status: int, answer: Response, *, models: bool) -> Any:
    from amlrest_client.errors import ServiceError as ClientError
    from amlrest_client.runtime import parse_json, parse_response

    if operation.responses.get(status, "") is None:
        answer.json()
    try:
        parse = parse_response if models else parse_json
        return parse(operation, status, answer.headers, answer.content)
    except ClientError as error:
        if _succeeded(answer):
            request_id = answer.request.request_id
            raise TransportError(
                f"{operation.id} answered HTTP {answer.status}, but {error.reason} "
                f"[client request id {request_id}]",
                request_id=request_id,
            ) from error
        raise service_error(error, answer) from error
