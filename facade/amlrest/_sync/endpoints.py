# Generated from facade/amlrest/_async/endpoints.py by `python codegen.py generate`; edit the async source.
"""Endpoints: what the collections of online and batch endpoints share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from amlrest._http.deadline import Deadline
from amlrest._sync.endpoint_rollout import deploy
from amlrest._wire import request_body
from amlrest.names import name_of
from amlrest.resources.asset_arguments import check_kind
from amlrest.resources.base import Resource, name_to_write
from amlrest.resources.endpoints import EndpointKeys
from amlrest.resources.patch import patch_body
from amlrest.resources.traffic import check_changed_traffic, check_traffic, replace_traffic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from amlrest._sync.core import Core

E = TypeVar("E", bound=Resource)
D = TypeVar("D", bound=Resource)


class Endpoints(Generic[E, D]):
    """Endpoints of one kind.

    Methods that start a long-running operation wait for it at most `timeout` seconds (by default
    the limit that the service states, or an hour), and then raise `DeadlineError`.
    """

    _endpoint: ClassVar[Any]
    _deployments: ClassVar[Any]
    _operations: ClassVar[str]

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = core.scope

    def get(self, name: str) -> E:
        """Get an endpoint by name or id.

        Raises:
            ResourceNotFoundError: it does not exist.
        """
        named = self._named(name)
        return self._read(self._core.call(f"{self._operations}_Get", endpoint_name=named))

    def list(self) -> Iterator[E]:
        """Yield the endpoints."""
        for item in self._core.pages(f"{self._operations}_List"):
            yield self._read(item)

    def create_or_update(self, endpoint: E, *, timeout: float | None = None) -> E:
        """Create an endpoint, or replace an existing one.

        Args:
            endpoint: gets the workspace's location if it has none.
            timeout: maximum seconds to wait.
        """
        name = self._check(endpoint)
        body = self._core.with_location(request_body(endpoint, self._scope))
        response = self._core.run(
            f"{self._operations}_CreateOrUpdate", body, timeout=timeout, endpoint_name=name
        )
        return self._result(name, response)

    def update(self, endpoint: E, *, timeout: float | None = None) -> E:
        """Update the mutable fields of an existing endpoint: traffic, tags, identity.

        Raises:
            ValidationError: another field was changed.
        """
        name = self._check(endpoint)
        if self._scope.dialect is not None:
            # PATCH takes tags and identity only.
            return self.create_or_update(endpoint, timeout=timeout)
        body = patch_body(endpoint, request_body(endpoint, self._scope), "traffic")
        return self._patch(name, body, timeout)

    def set_traffic(
        self, name: str, traffic: Mapping[str, int], *, timeout: float | None = None
    ) -> E:
        """Split the requests between deployments; those not named get none.

        Args:
            name: the endpoint.
            traffic: percent by deployment; 100 in total, or 0 for none.
            timeout: maximum seconds to wait.

        Raises:
            ValidationError: the percentages do not add up.
        """
        named, wanted = self._named(name), check_traffic(traffic)
        current: Any = self.get(named)
        traffic = replace_traffic(current.traffic, wanted)
        if self._scope.dialect is not None:
            current.traffic = traffic
            return self.create_or_update(current, timeout=timeout)
        body = {"properties": {"traffic": traffic}}
        return self._patch(named, body, timeout)

    def deploy(
        self,
        endpoint: E,
        deployments: Sequence[D] = (),
        *,
        timeout: float | None = None,
        on_ready: Callable[[E | D], None] | None = None,
    ) -> E:
        """Create or update an endpoint with its deployments, then set its traffic.

        There is no downtime: an existing endpoint keeps its traffic until the deployments are
        ready. Other existing deployments are kept.

        Args:
            endpoint: without traffic, its traffic is unchanged.
            deployments: those without an endpoint belong to this one.
            timeout: maximum seconds to wait in total.
            on_ready: called with the endpoint and each deployment when it is ready.

        Returns:
            The endpoint with its final traffic.

        Raises:
            ValidationError: a value is missing or invalid; nothing was sent.
        """
        written: E = deploy(
            self,
            self._deployments(self._core),
            endpoint,
            deployments,
            deadline=Deadline(timeout),
            on_ready=on_ready,
        )
        return written

    def keys(self, name: str) -> EndpointKeys:
        """Get the keys of an endpoint with ``key`` authentication."""
        named = self._named(name)
        response = self._core.call(f"{self._operations}_ListKeys", endpoint_name=named)
        return self._core.read(EndpointKeys, response)

    def delete(self, name: str, *, timeout: float | None = None) -> None:
        """Delete an endpoint with its deployments."""
        self._core.run(
            f"{self._operations}_Delete", timeout=timeout, endpoint_name=self._named(name)
        )

    def _patch(self, name: str, body: dict[str, Any], timeout: float | None) -> E:
        response = self._core.run(
            f"{self._operations}_Update", body, timeout=timeout, endpoint_name=name
        )
        return self._result(name, response)

    def _result(self, name: str, response: Any) -> E:
        return self.get(name) if response is None else self._read(response)

    def _check(self, endpoint: Any) -> str:
        """Raise unless it is an endpoint of this kind with valid traffic; return its name."""
        check_kind(endpoint, self._endpoint)
        check_changed_traffic(endpoint)
        return name_to_write(endpoint)

    def _named(self, name: str) -> str:
        return name_of(self._endpoint.KIND, name)

    def _read(self, response: Any) -> E:
        endpoint: E = self._core.read(self._endpoint, response)
        return endpoint
