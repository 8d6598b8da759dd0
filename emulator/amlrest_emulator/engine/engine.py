"""Engine: handles ARM requests according to the document of their API version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from amlrest_emulator.arm_errors import ArmError, invalid, refuse
from amlrest_emulator.context import Context
from amlrest_emulator.engine import crud, operations
from amlrest_emulator.engine.call import HANDLERS, Call, Handler, Reply, not_implemented
from amlrest_emulator.engine.edge import Edge, Edges
from amlrest_emulator.engine.missing import require_workspace
from amlrest_emulator.engine.mutability import BodyParts, split_body
from amlrest_emulator.engine.query import api_version, check_path, read_query
from amlrest_emulator.engine.routing import Match, fill, resource_type
from amlrest_emulator.engine.validate import Validator
from amlrest_emulator.json_text import JsonTextError, read_json
from amlrest_emulator.names import PROVIDER
from amlrest_emulator.spec import Operation


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
    """Handles requests to all operations of the pinned documents.

    Attributes:
        strict: whether fields that the document does not have are refused.
    """

    context: Context
    strict: bool = False
    _edges: Edges = field(init=False)

    def __post_init__(self) -> None:
        self._edges = Edges(self.context.versions)

    def operation_id(self, method: str, path: str, query: str) -> str | None:
        """Return the operation id of a request, or None."""
        try:
            return self._edge(_pairs(query)).router.match(method, path).operation.id
        except ArmError:
            return None

    def _edge(self, pairs: Sequence[tuple[str, str]]) -> Edge:
        return self._edges.at(api_version(pairs, self.context.versions.default))

    def handle(self, request: Request) -> Reply:
        """Return the reply to a request.

        Raises:
            ArmError: the request is refused.
        """
        pairs = _pairs(request.query)
        edge = self._edge(pairs)
        polled = self._poll(edge, request, pairs)
        if polled is not None:
            return polled
        match = edge.router.match(request.method, request.path)
        handler = self.handler(edge, match.operation)
        call = self._call(edge, request, match, pairs)
        try:
            return handler(call)
        except ArmError as error:
            raise edge.problem(call.resource_type, call.body, error) from None

    def handler(self, edge: Edge, operation: Operation) -> Handler:
        """Return the handler of an operation: a registered one, or CRUD."""
        known = HANDLERS.get(operation.id) or self._crud_handler(edge, operation)
        if known is None:
            raise not_implemented(operation)
        return known

    def _crud_handler(self, edge: Edge, operation: Operation) -> Handler | None:
        if operation.addresses_resource and operation.path in edge.stored:
            by_method: dict[str, Handler] = {
                "GET": crud.get,
                "PUT": crud.put,
                "PATCH": crud.patch,
                "DELETE": crud.delete,
            }
            return by_method.get(operation.method)
        is_list = operation.method == "GET" and operation.path in edge.stored.values()
        return crud.list_resources if is_list else None

    def _call(
        self, edge: Edge, request: Request, match: Match, pairs: Sequence[tuple[str, str]]
    ) -> Call:
        operation = match.operation
        check_path(edge.spec, operation, match.values)
        query = read_query(edge.spec, operation, pairs)
        target = self._target(operation)
        resource_id, kind = fill(target, match.values), resource_type(target)
        require_workspace(self.context.state, resource_id)
        sent = self._body(edge, operation, request.content)
        places = self.context.places(resource_id)

        def stored(part: Any) -> Any:
            resource = operation.addresses_resource and isinstance(part, dict)
            return edge.to_stored(kind, part, places) if resource else part

        parts = split_body(edge.spec, operation.body or {}, sent or {})
        return Call(
            context=self.context,
            edge=edge,
            operation=operation,
            values=match.values,
            query=query,
            body=stored(sent),
            parts=BodyParts(stored(parts.public), stored(parts.secrets), parts.states),
            resource_id=resource_id,
            resource_type=kind,
            url=f"{self.context.endpoint}{request.path}?{request.query}",
            fail_operation=request.fail_operation,
            content=request.content,
        )

    def _target(self, operation: Operation) -> str:
        """Return the path template of the resource of an operation."""
        path = operation.path
        if operation.method == "POST":
            while not path.endswith("}"):
                path = path.rpartition("/")[0]
        return path

    def _body(self, edge: Edge, operation: Operation, content: bytes) -> Any:
        if operation.body is None:
            return None
        value = _parse(content)
        if value is None and not operation.body_required:
            return None
        partial = operation.method == "PATCH"
        validator = Validator(edge.spec, strict=self.strict, partial=partial)
        value = validator.validate(operation.body, _object(value))
        if validator.problems:
            raise invalid(validator.problems)
        return value

    def _poll(self, edge: Edge, request: Request, pairs: Sequence[tuple[str, str]]) -> Reply | None:
        parts = [unquote(part) for part in request.path.strip("/").split("/")]
        match [part.lower() for part in parts]:
            case ["subscriptions", _, "providers", provider, "locations", _, kind, _] if (
                provider == PROVIDER.lower() and request.method == "GET"
            ):
                way = dict(pairs).get("type", "")
                poll = operations.Poll(kind, parts[-1], "/" + "/".join(parts), way)
                return operations.polled(self.context, edge, poll, crud.represent)
        return None


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise ArmError(400, "InvalidQuery", f"The query is not valid: {error}.") from None


def _parse(content: bytes) -> Any:
    if not content.strip():
        return None
    try:
        return read_json(content)
    except JsonTextError as error:
        raise ArmError(
            400, "InvalidRequestContent", f"The body is not valid JSON: {error}."
        ) from None


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise refuse("$", "the body must be a JSON object", "InvalidRequestContent")
    return value
