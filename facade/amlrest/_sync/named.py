# Generated from facade/amlrest/_async/named.py by `python codegen.py generate`; edit the async source.
"""Named resources: what the collections of computes, datastores and endpoints share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from amlrest._sync.listing import Listing
from amlrest._wire import request_body
from amlrest._wire.origin import located
from amlrest.names import name_of
from amlrest.resources.asset_arguments import check_kind
from amlrest.resources.base import Resource, is_of, name_to_write

if TYPE_CHECKING:
    from amlrest._sync.core import Core

R = TypeVar("R", bound=Resource)


class NamedResources(Generic[R]):
    """Resources of one kind, each with a name in the workspace.

    Methods that start a long-running operation wait for it at most `timeout` seconds (by default
    the limit that the service states, or an hour), and then raise `DeadlineError`.
    """

    _resource: ClassVar[Any]
    _operations: ClassVar[str]
    _parameter: ClassVar[str] = "name"

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = core.scope

    def get(self, name: str) -> R:
        """Get a resource by name, ``azureml:name`` or id.

        Raises:
            ResourceNotFoundError: it does not exist.
        """
        return self._read(self._core.call(f"{self._operations}_Get", **self._at(name)))

    def list(self) -> Listing[R]:
        """List the resources."""
        return self._list()

    def create_or_update(self, resource: R, *, timeout: float | None = None) -> R:
        """Create a resource, or replace an existing one.

        Args:
            resource: a compute or endpoint gets the workspace's location if it has none.
            timeout: maximum seconds to wait.

        Raises:
            ValidationError: a value is missing or invalid; nothing was sent.
            OperationFailedError: the service could not create it.
        """
        return self._put(resource, timeout=timeout)

    def delete(self, name: str, *, timeout: float | None = None) -> bool:
        """Delete a resource: an endpoint with its deployments, a datastore without its files.

        Returns:
            Whether there was something to delete.
        """
        return self._core.delete(f"{self._operations}_Delete", timeout=timeout, **self._at(name))

    def _list(self, kind: Any = None, **parameters: Any) -> Listing[Any]:
        pages = self._core.pages(f"{self._operations}_List", **parameters)
        return Listing(pages, self._read, is_of(kind or self._resource))

    def _put(self, resource: R, **options: Any) -> R:
        with located(resource):
            name = self._check(resource)
            body = self._body(resource)
        return self._run("CreateOrUpdate", name, body, **options)

    def _run(self, action: str, name: str, body: Any = None, **options: Any) -> R:
        """Run an operation and return the resource as it is afterwards."""
        options[self._parameter] = name
        response = self._core.run(f"{self._operations}_{action}", body, **options)
        return self.get(name) if response is None else self._read(response)

    def _check(self, resource: R) -> str:
        """Raise unless it is a resource of this kind with a valid name; return the name."""
        check_kind(resource, self._resource)
        return name_to_write(resource)

    def _body(self, resource: R) -> dict[str, Any]:
        return request_body(resource, self._scope)

    def _named(self, name: str) -> str:
        return name_of(self._resource.KIND, name)

    def _at(self, name: str) -> dict[str, Any]:
        """Return the path parameter for a name or id."""
        return {self._parameter: self._named(name)}

    def _read(self, raw: Any) -> R:
        resource: R = self._core.read(self._class_of(raw), raw)
        return resource

    def _class_of(self, raw: Any) -> Any:  # noqa: ARG002 - for kinds with several classes
        return self._resource
