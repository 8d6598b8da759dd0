"""Long-running operations on the wire: headers of what starts one, status and result URLs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from amlrest_emulator.answers import Answers
from amlrest_emulator.api_versions import Shape
from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.context import Context
from amlrest_emulator.engine.call import Call, Reply
from amlrest_emulator.engine.edge import Edge
from amlrest_emulator.json_body import JSON_NULL
from amlrest_emulator.long_running import IN_PROGRESS, LongRunningOperation, retry_after
from amlrest_emulator.names import PROVIDER, below_workspace
from amlrest_emulator.state import Resource
from amlrest_emulator.times import as_service

_TIMEOUT = "PT30M"
_NOT_ENDED = "0001-01-01T00:00:00Z"
_CANCEL = "jc"
_PREFIXES = {
    "onlineendpoints": "oe",
    "onlineendpoints/deployments": "od",
    "batchendpoints": "be",
    "batchendpoints/deployments": "bd",
    "jobs": _CANCEL,
}
Present = Callable[[Context, Edge, Resource], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Component:
    """A component of the service, by how it shows its long-running operations.

    Attributes:
        status: segment of the status URL, and its additional query parameters.
        result: the same of the result URL; empty if there is none.
        is_detailed: whether the status has more than the state, and 202 the body ``null``.
    """

    status: tuple[str, str]
    result: tuple[str, str]
    is_detailed: bool


_COMPUTES = Component(("computeOperationsStatus", "&service=new"), ("", ""), is_detailed=False)
_WORKSPACES = Component(
    ("workspaceOperationsStatus", "&type=async"),
    ("workspaceOperationsStatus", "&type=location"),
    is_detailed=False,
)
_OTHERS = Component(("mfeOperationsStatus", ""), ("mfeOperationResults", ""), is_detailed=True)


def _component(resource_type: str) -> Component:
    kind = below_workspace(resource_type)
    return {"": _WORKSPACES, "computes": _COMPUTES}.get(kind, _OTHERS)


def new_name(call: Call, unique: str) -> str:
    """Return the name of a new operation, as its component makes it."""
    if not _component(call.resource_type).is_detailed:
        return unique
    prefix = _PREFIXES.get(below_workspace(call.resource_type), "s")
    return f"{prefix}:{call.context.identity.workspace_guid}:{unique}"


def started(call: Call, record: LongRunningOperation, status: int, body: Any) -> Reply:
    """Return the reply that a long-running operation has started; 202 has no body."""
    component = _component(call.resource_type)
    headers = {}
    if status in {HTTPStatus.CREATED, HTTPStatus.ACCEPTED} and not _is_cancel(record.id):
        headers["Azure-AsyncOperation"] = _url(call, component.status, record.id)
    if status == HTTPStatus.CREATED and component.is_detailed:
        headers["Location"] = call.url
    if status == HTTPStatus.ACCEPTED and component.result[0]:
        headers["Location"] = _url(call, component.result, record.id)
    if headers and component.is_detailed:
        headers["x-ms-async-operation-timeout"] = _TIMEOUT
    if record.waits or status == HTTPStatus.ACCEPTED:
        headers |= _retry_after(call.context, record)
    if status != HTTPStatus.ACCEPTED:
        return Reply(status, body, headers)
    return Reply(status, JSON_NULL if component.is_detailed else None, headers)


def _is_cancel(name: str) -> bool:
    return name.startswith(f"{_CANCEL}:")


def _retry_after(context: Context, record: LongRunningOperation) -> dict[str, str]:
    """Return when to ask again, of which the service was never recorded to say anything."""
    if context.answers is Answers.SERVICE:
        return {}
    return {"Retry-After": str(retry_after(context.long_running.delay, waits=record.waits))}


def _url(call: Call, place: tuple[str, str], name: str) -> str:
    return _address(call.context, call.edge, place, name)


def _address(context: Context, edge: Edge, place: tuple[str, str], name: str) -> str:
    identity = context.identity
    segment, query = place
    return (
        f"{context.endpoint}/subscriptions/{identity.subscription_id}/providers/{PROVIDER}"
        f"/locations/{identity.location}/{segment}/{name}?api-version={edge.version}{query}"
    )


@dataclass(frozen=True, slots=True)
class Poll:
    """A request to a URL of a long-running operation.

    Attributes:
        segment: segment before the name, in lower case.
        name: name of the operation.
        path: path of the request.
        query: value of the query parameter ``type``.
    """

    segment: str
    name: str
    path: str
    query: str


def polled(context: Context, edge: Edge, poll: Poll, present: Present) -> Reply | None:
    """Return the reply to a poll, None for a URL of something else.

    Raises:
        ArmError: 404 for an unknown operation.
    """
    if poll.segment == "mfeoperationresults":
        return _result(context, edge, _found(context, poll), _OTHERS, present)
    if poll.segment == "workspaceoperationsstatus" and poll.query == "location":
        return _result(context, edge, _found(context, poll), _WORKSPACES, present)
    components = (_COMPUTES, _WORKSPACES, _OTHERS)
    known = next((each for each in components if each.status[0].lower() == poll.segment), None)
    if known is None:
        return None
    record = _found(context, poll)
    headers = _retry_after(context, record) if record.status == IN_PROGRESS else {}
    return Reply(200, _status(edge, record, known, poll.path), headers)


def _found(context: Context, poll: Poll) -> LongRunningOperation:
    record = context.long_running.get(poll.name)
    if record is None:
        message = f"There is no operation {poll.path}."
        raise ArmError(404, "NotFound", message, poll.path, is_gateway=False)
    return record


def _status(
    edge: Edge, record: LongRunningOperation, component: Component, path: str
) -> dict[str, Any]:
    done = record.status != IN_PROGRESS
    body: dict[str, Any] = {"status": record.status}
    if done:
        body["percentComplete"] = 100.0
    if component.is_detailed:
        body |= _details(edge, record, path)
    if record.error:
        body["error"] = record.error
    return body


def _details(edge: Edge, record: LongRunningOperation, path: str) -> dict[str, Any]:
    zone = "Z" if edge.shape is Shape.FIRST else "+00:00"
    details = {"id": path, "name": record.id, "startTime": as_service(record.started, zone)}
    if record.ended is not None:
        return details | {"endTime": as_service(record.ended, zone)}
    ended = {"endTime": _NOT_ENDED} if edge.shape is Shape.FIRST else {}
    return details | {"status": "Updating", "percentComplete": 0.0} | ended


def _result(
    context: Context,
    edge: Edge,
    record: LongRunningOperation,
    component: Component,
    present: Present,
) -> Reply:
    if record.status == IN_PROGRESS:
        headers = {"Location": _address(context, edge, component.result, record.id)}
        if component.is_detailed:
            return Reply(202, {}, headers | _retry_after(context, record))
        headers["Azure-AsyncOperation"] = _address(context, edge, component.status, record.id)
        return Reply(202, None, headers | _retry_after(context, record))
    if record.error:
        return Reply(409, {"error": record.error})
    if record.plan["result"] is not None:
        return Reply(200, record.plan["result"])
    if _is_cancel(record.id):
        return Reply(200)
    found = context.state.get(record.resource_id)
    return Reply(200, present(context, edge, found)) if found else Reply(204)
