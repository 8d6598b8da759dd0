"""Engine: handles ARM requests according to the pinned document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from amlrest_emulator.arm_errors import ArmError, invalid, refuse
from amlrest_emulator.context import Context
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import HANDLERS, Call, Handler, Reply, not_implemented
from amlrest_emulator.engine.query import check_api_version, check_path, read_query
from amlrest_emulator.engine.routing import Match, Router, fill, resource_type
from amlrest_emulator.engine.validate import Validator
from amlrest_emulator.names import PROVIDER
from amlrest_emulator.spec import Operation

_POLLED = {
    "mfeoperationsstatus": crud.operation_status,
    "mfeoperationresults": crud.operation_result,
}


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request.

    Attributes:
        path: escaped path.
        query: escaped query string.
    """

    method: str
    path: str
    query: str
    content: bytes
    fail_operation: bool = False


@dataclass(slots=True)
class Engine:
    """Handles requests to all operations of the document."""

    context: Context
    _router: Router = field(init=False)
    _stored: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._router = Router.of(self.context.spec)
        self._stored = stored_resources(self.context.spec.operations.values())

    def operation_id(self, method: str, path: str) -> str | None:
        """Return the operation id of a request, or None."""
        try:
            return self._router.match(method, path).operation.id
        except ArmError:
            return None

    def handle(self, request: Request) -> Reply:
        """Return the reply to a request.

        Raises:
            ArmError: the request is refused.
        """
        pairs = parse_qsl(request.query, keep_blank_values=True)
        check_api_version(pairs, self.context.spec.version)
        polled = self._poll(request)
        if polled is not None:
            return polled
        match = self._router.match(request.method, request.path)
        handler = self.handler(match.operation)
        return handler(self._call(request, match, pairs))

    def handler(self, operation: Operation) -> Handler:
        """Return the handler of an operation: a registered one, or CRUD."""
        known = HANDLERS.get(operation.id) or self._crud_handler(operation)
        if known is None:
            raise not_implemented(operation)
        return known

    def _crud_handler(self, operation: Operation) -> Handler | None:
        if operation.addresses_resource and operation.path in self._stored:
            by_method: dict[str, Handler] = {
                "GET": crud.get,
                "PUT": crud.put,
                "PATCH": crud.patch,
                "DELETE": crud.delete,
            }
            return by_method.get(operation.method)
        is_list = operation.method == "GET" and operation.path in self._stored.values()
        return crud.list_resources if is_list else None

    def _call(self, request: Request, match: Match, pairs: Sequence[tuple[str, str]]) -> Call:
        operation, spec = match.operation, self.context.spec
        check_path(spec, operation, match.values)
        query = read_query(spec, operation, pairs)
        target = self._target(operation)
        return Call(
            context=self.context,
            operation=operation,
            values=match.values,
            query=query,
            body=self._body(operation, request.content),
            resource_id=fill(target, match.values),
            resource_type=resource_type(target),
            url=f"{self.context.endpoint}{request.path}?{request.query}",
            fail_operation=request.fail_operation,
        )

    def _target(self, operation: Operation) -> str:
        """Return the path template of the resource of an operation."""
        path = operation.path
        if operation.method == "POST":
            while not path.endswith("}"):
                path = path.rpartition("/")[0]
        return path

    def _body(self, operation: Operation, content: bytes) -> Any:
        if operation.body is None:
            return None
        value = _parse(content)
        if value is None and not operation.body_required:
            return None
        validator = Validator(self.context.spec)
        value = validator.validate(operation.body, _object(value))
        if validator.problems:
            raise invalid(validator.problems)
        return value

    def _poll(self, request: Request) -> Reply | None:
        parts = [unquote(part) for part in request.path.strip("/").split("/")]
        match [part.lower() for part in parts]:
            case ["subscriptions", _, "providers", provider, "locations", _, kind, _] if (
                provider == PROVIDER.lower() and kind in _POLLED and request.method == "GET"
            ):
                return _POLLED[kind](self.context, parts[-1], "/" + "/".join(parts))
        return None


def stored_resources(operations: Any) -> dict[str, str]:
    """Return the paths of resources with a PUT, each with the path of its collection."""
    puts = (item.path for item in operations if item.method == "PUT" and item.addresses_resource)
    return {path: path.rpartition("/")[0] for path in puts}


def _parse(content: bytes) -> Any:
    if not content.strip():
        return None
    try:
        # The service accepts raw newlines inside strings, as in an inlined conda file.
        return json.loads(content, strict=False)
    except (ValueError, RecursionError) as error:
        raise ArmError(
            400, "InvalidRequestContent", f"The body is not valid JSON: {error}."
        ) from None


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise refuse("$", "the body must be a JSON object", "InvalidRequestContent")
    return value
