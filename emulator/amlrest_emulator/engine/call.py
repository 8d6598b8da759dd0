"""One request to the engine and its answer, and who answers it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from amlrest_emulator.engine.errors import ArmError, not_found
from amlrest_emulator.spec import Operation
from amlrest_emulator.state import Resource

if TYPE_CHECKING:
    from amlrest_emulator.context import Context


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: ``body`` is JSON, or None for no content."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Call:
    """A request that the document allows.

    Attributes:
        values: path values by parameter name.
        query: documented query parameters by name, typed.
        body: JSON in the document's casing, or None.
        resource_id: ARM id of the resource, or for an action of the resource it acts on.
        resource_type: its ARM type.
        url: the request's own address, for the link to the next page.
        fail_operation: whether a long-running operation begun here is to end as Failed.
    """

    context: "Context"
    operation: Operation
    values: dict[str, str]
    query: dict[str, Any]
    body: Any
    resource_id: str
    resource_type: str
    url: str = ""
    fail_operation: bool = False

    def resource(self) -> Resource:
        """Return the stored resource.

        Raises:
            ArmError: 404 when there is none.
        """
        found = self.context.state.get(self.resource_id)
        if found is None:
            raise not_found(self.resource_id)
        return found


Handler = Callable[[Call], Reply]
Presenter = Callable[["Context", Resource, dict[str, Any]], dict[str, Any]]

HANDLERS: dict[str, Handler] = {}
PRESENTERS: dict[str, Presenter] = {}


def handles(*operation_ids: str) -> Callable[[Handler], Handler]:
    """Register a handler for operations that are more than storing."""

    def register(handler: Handler) -> Handler:
        for operation_id in operation_ids:
            HANDLERS[operation_id] = handler
        return handler

    return register


def presents(resource_type: str) -> Callable[[Presenter], Presenter]:
    """Register what completes the public body of a resource type whenever it is read."""

    def register(presenter: Presenter) -> Presenter:
        PRESENTERS[resource_type.lower()] = presenter
        return presenter

    return register


def not_behaved(operation: Operation) -> ArmError:
    """Return the refusal of an operation the local workspace does not carry out."""
    message = (
        f"The local workspace does not carry out {operation.id}; "
        "use an Azure Machine Learning workspace for it."
    )
    return ArmError(501, "NotImplemented", message, operation.id)
