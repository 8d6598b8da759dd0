"""Calls of API operations: request, reply, and the registry of handlers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from amlrest_emulator.answers import Answers
from amlrest_emulator.arm_errors import ArmError, refuse, user_error
from amlrest_emulator.context import Context
from amlrest_emulator.engine.edge import Edge
from amlrest_emulator.engine.missing import not_found
from amlrest_emulator.engine.mutability import BodyParts
from amlrest_emulator.json_body import part
from amlrest_emulator.shapes import Places
from amlrest_emulator.spec import Operation
from amlrest_emulator.state import Resource

_RECORDED_AS_LONG_RUNNING = {
    "BatchEndpoints_CreateOrUpdate",
    "BatchEndpoints_Delete",
    "Jobs_Cancel",
    "Workspaces_Update",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """A response: ``body`` is JSON, or None for no content."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Call:
    """A valid request to an operation of the document.

    Attributes:
        edge: API version of the request.
        values: path parameters by name.
        query: documented query parameters by name, parsed.
        body: JSON in the stored form and the letter case of the document, or None.
        parts: body without read-only fields, split into public and secret fields.
        resource_id: ARM id of the resource; for an action, of its target.
        resource_type: ARM type of the resource.
        url: URL of the request, for ``nextLink``.
        fail_operation: whether the long-running operation ends as Failed.
        content: body as it was sent, for what only preview versions document.
    """

    context: Context
    edge: Edge
    operation: Operation
    values: dict[str, str]
    query: dict[str, Any]
    body: Any
    parts: BodyParts
    resource_id: str
    resource_type: str
    url: str = ""
    fail_operation: bool = False
    content: bytes = b""

    @property
    def is_recorded_only(self) -> bool:
        """Whether only recordings, not the document, have the operation as a long-running one."""
        known = self.operation.id in _RECORDED_AS_LONG_RUNNING
        as_service = self.context.answers is Answers.SERVICE
        return known and as_service and not self.operation.long_running

    @property
    def is_long_running(self) -> bool:
        """Whether the operation may be answered before it has ended."""
        return self.operation.long_running or self.is_recorded_only

    @property
    def places(self) -> Places:
        """The places that the request can name."""
        return self.context.places(self.resource_id)

    def comparable(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return what a client of this version sets in a stored body, to compare it."""
        return self.edge.comparable(self.resource_type, body, self.places)

    def kept(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the part of the stored resource that a client of this version cannot set."""
        return self.edge.kept(self.resource_type, body, self.places)

    def resource(self) -> Resource:
        """Return the stored resource.

        Raises:
            ArmError: 404 if there is none.
        """
        found = self.context.state.get(self.resource_id)
        if found is None:
            raise not_found(self.context.state, self.resource_id)
        if not self.edge.knows(found.type, found.body, self.places):
            raise unknown_kind(self, found)
        return found

    def required(self, *path: str) -> Any:
        """Return the value at a path of the body.

        Raises:
            ArmError: 400 if there is none; other API versions may not require it.
        """
        found = part(self.body, *path[:-1]).get(path[-1])
        if found is None:
            message = "is required by the local workspace"
            raise refuse(".".join(path), message, "MissingProperty")
        return found


Handler = Callable[[Call], Reply]
Presenter = Callable[[Context, Resource, dict[str, Any]], dict[str, Any]]

HANDLERS: dict[str, Handler] = {}
PRESENTERS: dict[str, Presenter] = {}


def handles(*operation_ids: str) -> Callable[[Handler], Handler]:
    """Register the handler of operations with behavior beyond CRUD."""

    def register(handler: Handler) -> Handler:
        for operation_id in operation_ids:
            HANDLERS[operation_id] = handler
        return handler

    return register


def presents(resource_type: str) -> Callable[[Presenter], Presenter]:
    """Register the function that adds computed fields to a resource type on reads."""

    def register(presenter: Presenter) -> Presenter:
        PRESENTERS[resource_type.lower()] = presenter
        return presenter

    return register


def unknown_kind(call: Call, resource: Resource) -> ArmError:
    """Return the 404 for a resource of a kind that the version of the request does not have."""
    message = (
        f"{resource.id} is of a kind that api-version {call.edge.version} does not have; "
        "use the api-version that it was made with."
    )
    return user_error(404, ("NotFoundError", "UnknownKind"), message, resource.id)


def not_implemented(operation: Operation) -> ArmError:
    """Return the 501 for an operation that the local workspace does not implement."""
    message = (
        f"The local workspace does not implement {operation.id}; use a workspace in Azure for it."
    )
    return ArmError(501, "NotImplemented", message, operation.id)
