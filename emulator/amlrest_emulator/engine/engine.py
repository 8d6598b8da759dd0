"""From one HTTP request to one answer, as the pinned document says."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from amlrest_emulator.context import Context
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import HANDLERS, Call, Handler, Reply, not_behaved
from amlrest_emulator.engine.errors import ArmError, invalid, refuse
from amlrest_emulator.engine.query import check_api_version, read_path, read_query
from amlrest_emulator.engine.routing import Match, Router, fill, resource_type
from amlrest_emulator.engine.validate import Reader
from amlrest_emulator.names import PROVIDER
from amlrest_emulator.spec import Operation

_FOLLOWED = {
    "mfeoperationsstatus": crud.operation_status,
    "mfeoperationresults": crud.operation_result,
}


@dataclass(frozen=True, slots=True)
class Request:
    """What the engine needs of an HTTP request.

    Attributes:
        path: as sent, still escaped.
        query: as sent, without the question mark.
    """

    method: str
    path: str
    query: str
    content: bytes
    fail_operation: bool = False


@dataclass(slots=True)
class Engine:
    """Answers requests to all operations of the document."""

    context: Context
    _router: Router = field(init=False)
    _kept: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._router = Router.of(self.context.spec)
        self._kept = kept_resources(self.context.spec.operations.values())

    def operation_id(self, method: str, path: str) -> str | None:
        """Return which operation a request is, or None."""
        try:
            return self._router.match(method, path).operation.id
        except ArmError:
            return None

    def answer(self, request: Request) -> Reply:
        """Carry out a request.

        Raises:
            ArmError: it is refused.
        """
        pairs = parse_qsl(request.query, keep_blank_values=True)
        check_api_version(pairs, self.context.spec.version)
        followed = self._follow(request)
        if followed is not None:
            return followed
        match = self._router.match(request.method, request.path)
        handler = self.handler(match.operation)
        return handler(self._call(request, match, pairs))

    def handler(self, operation: Operation) -> Handler:
        """Return what carries out an operation: a handler of its own, or plain storing."""
        known = HANDLERS.get(operation.id) or self._storing(operation)
        if known is None:
            raise not_behaved(operation)
        return known

    def _storing(self, operation: Operation) -> Handler | None:
        if operation.ends_in_name and operation.path in self._kept:
            by_method: dict[str, Handler] = {
                "GET": crud.get,
                "PUT": crud.put,
                "PATCH": crud.patch,
                "DELETE": crud.delete,
            }
            return by_method.get(operation.method)
        is_list = operation.method == "GET" and operation.path in self._kept.values()
        return crud.list_resources if is_list else None

    def _call(self, request: Request, match: Match, pairs: Sequence[tuple[str, str]]) -> Call:
        operation, spec = match.operation, self.context.spec
        read_path(spec, operation, match.values)
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
        """Return the template of the resource an operation is about."""
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
        reader = Reader(self.context.spec)
        value = reader.read(operation.body, _object(value))
        if reader.problems:
            raise invalid(reader.problems)
        return value

    def _follow(self, request: Request) -> Reply | None:
        parts = [unquote(part) for part in request.path.strip("/").split("/")]
        match [part.lower() for part in parts]:
            case ["subscriptions", _, "providers", provider, "locations", _, kind, _] if (
                provider == PROVIDER.lower() and kind in _FOLLOWED and request.method == "GET"
            ):
                return _FOLLOWED[kind](self.context, parts[-1], "/" + "/".join(parts))
        return None


def kept_resources(operations: Any) -> dict[str, str]:
    """Return the paths of resources that can be put, each with the path of its collection."""
    puts = (item.path for item in operations if item.method == "PUT" and item.ends_in_name)
    return {path: path.rpartition("/")[0] for path in puts}


def _parse(content: bytes) -> Any:
    if not content.strip():
        return None
    try:
        # The service accepts raw newlines inside strings, as in an inlined conda file.
        return json.loads(content, strict=False)
    except (ValueError, RecursionError) as error:
        raise ArmError(400, "InvalidRequestContent", f"The body is no JSON: {error}.") from None


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise refuse("$", "the body must be a JSON object", "InvalidRequestContent")
    return value
