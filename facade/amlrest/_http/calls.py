"""Calls: build the request of an operation from its id and arguments. No I/O."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from amlrest._http import responses
from amlrest._http.deadline import NO_DEADLINE, Deadline
from amlrest._http.messages import Request, Response
from amlrest._http.retry import REPEATABLE_METHODS
from amlrest._json import check_json
from amlrest.errors import ValidationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amlrest_client.operations import Operation

    from amlrest._config.settings import Settings

_READS = ("List", "Get")
_ACCEPT = {"accept": "application/json"}
_SURROGATE = b"\\ud"
"""Starts an escaped surrogate in JSON; the two halves of a pair are valid, one alone is not."""
_JSON = _ACCEPT | {"content-type": "application/json"}


class Call(NamedTuple):
    """An operation and its request, ready to be sent.

    Attributes:
        operation: its row in the operation table.
        request: the request to send.
        models: whether responses are parsed into the operation's models instead of JSON.
    """

    operation: Operation
    request: Request
    models: bool = False

    def parse(self, response: Response) -> Any:
        """Return the body as JSON or a model; None when there is none."""
        return responses.parse(self.operation, response, models=self.models)

    def read_result(self, response: Response) -> Any:
        """Return the result of a long-running operation as `parse` does."""
        return responses.final_result(self.operation, response, models=self.models)

    def check(self, response: Response) -> Response:
        """Return the response; raise if it is an error."""
        return responses.check(response, self.operation.id)

    def require_pageable(self) -> Call:
        """Return the call if its operation is a list.

        Raises:
            ValidationError: the operation has no pages.
        """
        if self.operation.pageable is None:
            raise ValidationError(f"{self.operation.id} is not a list; use call()")
        return self

    def next_page(self, url: str) -> Call:
        """Return the call for a further page: a GET, even where the first page needs a POST."""
        return self._replace(request=new_request("GET", url))

    @property
    def final_state_via(self) -> str | None:
        """Where the API document says the result of a long-running operation is found."""
        long_running = self.operation.long_running
        return long_running.final_state_via if long_running else None


def find_operation(operation_id: str, api_version: str | None = None) -> Operation:
    """Return an operation by its id.

    Args:
        operation_id: for example `Jobs_Get`.
        api_version: the API version that has it; that of the generated client if None.

    Raises:
        ValidationError: the id is unknown; the message suggests similar ones.
    """
    table = operations_of_version(api_version)
    found = table.get(operation_id)
    if found is None:
        import difflib

        near = difflib.get_close_matches(str(operation_id), table, n=3)
        where = f" in API version {api_version}" if api_version else ""
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise ValidationError(f"unknown operation {operation_id!r}{where}{hint}")
    return found


def operations_of_version(api_version: str | None) -> Mapping[str, Operation]:
    """Return all operations of an API version, or of the generated client, by id."""
    if api_version is None:
        from amlrest_client.operations import OPERATIONS

        return OPERATIONS
    from amlrest_client.versions import operations_of

    return operations_of(api_version)


def prepare_call(
    settings: Settings,
    operation_id: str,
    body: Any,
    given: dict[str, Any],
    *,
    repeatable: bool | None = None,
    deadline: Deadline = NO_DEADLINE,
    models: bool = False,
) -> Call:
    """Return the call of an operation, ready to be sent.

    Args:
        settings: default for the subscription, resource group and workspace parameters.
        operation_id: for example `Jobs_Get`.
        body: a generated model or JSON.
        given: parameters by wire name or in snake case; None counts as absent.
        repeatable: overrides whether the request may be retried after a lost response.
        deadline: how long to keep retrying; without one the retry policy decides.
        models: whether responses are parsed into the operation's models instead of JSON.

    Raises:
        ValidationError: a parameter is unknown, missing or invalid.
    """
    from amlrest_client.runtime import build_request

    operation = find_operation(operation_id, settings.api_version)
    if repeatable is None:
        repeatable = _repeatable(operation)
    try:
        built = build_request(operation, _defaults(operation, settings) | given, body)
    except (ValueError, TypeError) as error:
        _check_body(operation_id, body)
        raise ValidationError(str(error)) from error
    if built.content is not None and _SURROGATE in built.content:
        _check_body(operation_id, body)
    url, request_id = settings.endpoint + built.url, str(uuid.uuid4())
    request = Request(built.method, url, request_id, built.headers, built.content)
    return Call(operation, request._replace(repeatable=repeatable, deadline=deadline), models)


def _check_body(operation_id: str, body: Any) -> None:
    """Raise for a body with a value that JSON cannot carry; the message names the value."""
    check_json(body.to_dict() if hasattr(body, "to_dict") else body, f"{operation_id}: body")


def new_request(
    method: str,
    url: str,
    *,
    body: Any = None,
    repeatable: bool | None = None,
    deadline: Deadline = NO_DEADLINE,
) -> Request:
    """Return a request that sends and accepts JSON, with a new request id."""
    if repeatable is None:
        repeatable = method in REPEATABLE_METHODS
    content = None if body is None else json.dumps(body, allow_nan=False).encode()
    return Request(
        method,
        url,
        str(uuid.uuid4()),
        _JSON if content is not None else _ACCEPT,
        content,
        repeatable=repeatable,
        deadline=deadline,
    )


def anonymous_request(
    url: str, start: int = 0, stop: int | None = None, *, deadline: Deadline = NO_DEADLINE
) -> Request:
    """Return a GET without a token for the bytes from `start` up to, not including, `stop`."""
    last = "" if stop is None else stop - 1
    headers = {"range": f"bytes={start}-{last}"} if start or stop else {}
    request = Request("GET", url, str(uuid.uuid4()), headers, authorized=False, repeatable=True)
    return request._replace(deadline=deadline)


def _repeatable(operation: Operation) -> bool:
    """Reads may be retried even where the API makes them a POST."""
    action = operation.id.partition("_")[2]
    return operation.method in REPEATABLE_METHODS or action.startswith(_READS)


def _defaults(operation: Operation, settings: Settings) -> dict[str, Any]:
    known = {
        "subscription_id": settings.subscription_id,
        "resource_group_name": settings.resource_group,
        "workspace_name": settings.name,
        "api_version": settings.api_version,
    }
    taken = {parameter.python_name for parameter in operation.parameters}
    return {name: value for name, value in known.items() if name in taken}
