"""Endpoints: what the collections of online and batch endpoints share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from amlrest._async.endpoint_rollout import deploy
from amlrest._http.deadline import Deadline
from amlrest._wire import request_body
from amlrest.names import name_of
from amlrest.resources.asset_arguments import check_kind
from amlrest.resources.base import Resource, name_to_write
from amlrest.resources.endpoints import EndpointKeys
from amlrest.resources.patch import patch_body
from amlrest.resources.traffic import check_changed_traffic, check_traffic, replace_traffic

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from amlrest._async.core import Core

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

    async def get(self, name: str) -> E:
        """Get an endpoint by name or id.

        Raises:
            ResourceNotFoundError: it does not exist.
        """
        named = self._named(name)
        return self._read(await self._core.call(f"{self._operations}_Get", endpoint_name=named))

    async def list(self) -> AsyncIterator[E]:
        """Yield the endpoints."""
        async for item in self._core.pages(f"{self._operations}_List"):
            yield self._read(item)

    async def create_or_update(self, endpoint: E, *, timeout: float | None = None) -> E:
        """Create an endpoint, or replace an existing one.

        Args:
            endpoint: gets the workspace's location if it has none.
            timeout: maximum seconds to wait.
        """
        name = self._check(endpoint)
        body = await self._core.with_location(request_body(endpoint, self._scope))
        response = await self._core.run(
            f"{self._operations}_CreateOrUpdate", body, timeout=timeout, endpoint_name=name
        )
        return await self._result(name, response)

    async def update(self, endpoint: E, *, timeout: float | None = None) -> E:
        """Update the mutable fields of an existing endpoint: traffic, tags, identity.

        Raises:
            ValidationError: another field was changed.
        """
        name = self._check(endpoint)
        if self._scope.dialect is not None:
            # PATCH takes tags and identity only.
            return await self.create_or_update(endpoint, timeout=timeout)
        body = patch_body(endpoint, request_body(endpoint, self._scope), "traffic")
        return await self._patch(name, body, timeout)

    async def set_traffic(
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
        current: Any = await self.get(named)
        traffic = replace_traffic(current.traffic, wanted)
        if self._scope.dialect is not None:
            current.traffic = traffic
            return await self.create_or_update(current, timeout=timeout)
        body = {"properties": {"traffic": traffic}}
        return await self._patch(named, body, timeout)

    async def deploy(
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
        written: E = await deploy(
            self,
            self._deployments(self._core),
            endpoint,
            deployments,
            deadline=Deadline(timeout),
            on_ready=on_ready,
        )
        return written

    async def keys(self, name: str) -> EndpointKeys:
        """Get the keys of an endpoint with ``key`` authentication."""
        named = self._named(name)
        response = await self._core.call(f"{self._operations}_ListKeys", endpoint_name=named)
        return self._core.read(EndpointKeys, response)

    async def delete(self, name: str, *, timeout: float | None = None) -> None:
        """Delete an endpoint with its deployments."""
        await self._core.run(
            f"{self._operations}_Delete", timeout=timeout, endpoint_name=self._named(name)
        )

    async def _patch(self, name: str, body: dict[str, Any], timeout: float | None) -> E:
        response = await self._core.run(
            f"{self._operations}_Update", body, timeout=timeout, endpoint_name=name
        )
        return await self._result(name, response)

    async def _result(self, name: str, response: Any) -> E:
        return await self.get(name) if response is None else self._read(response)

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
