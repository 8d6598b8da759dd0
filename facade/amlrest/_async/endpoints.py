"""Endpoints: what the collections of online and batch endpoints share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from amlrest._async.data_plane import DataPlane
from amlrest._async.endpoint_rollout import deploy
from amlrest._async.named import NamedResources
from amlrest._async.similar_names import naming_similar
from amlrest._http.deadline import Deadline
from amlrest._runtime import aio as rt
from amlrest._wire import request_body
from amlrest._wire.origin import located
from amlrest.names import label
from amlrest.resources.asset_arguments import check_kind
from amlrest.resources.base import Resource, name_to_write
from amlrest.resources.endpoints import EndpointKeys
from amlrest.resources.patch import patch_body
from amlrest.resources.traffic import check_changed_traffic, check_traffic, replace_traffic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from amlrest.errors import ResourceNotFoundError

E = TypeVar("E", bound=Resource)
D = TypeVar("D", bound=Resource)


class Endpoints(NamedResources[E], Generic[E, D]):
    """Endpoints of one kind."""

    _deployments: ClassVar[Any]
    _parameter = "endpoint_name"
    _identity_only: ClassVar[bool] = False
    _plane: DataPlane | None = None

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
        return await self._run("Update", name, body, timeout=timeout)

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
        return await self._run("Update", named, body, timeout=timeout)

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
        with located(endpoint, *deployments):
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
        """Get the keys of an endpoint with ``key`` authentication; `invoke` gets its own.

        Args:
            name: the endpoint.

        Raises:
            ResourceNotFoundError: it does not exist.
        """
        response = await self._core.call(f"{self._operations}_ListKeys", **self._at(name))
        return self._core.read(EndpointKeys, response)

    @property
    def _data_plane(self) -> DataPlane:
        """Sends requests to the endpoints; another one after a fork, or in another event loop."""
        if self._plane is None or self._plane.home != rt.home():
            self._plane = DataPlane(self._core, self, identity_only=self._identity_only)
        return self._plane

    async def _explained(
        self, error: ResourceNotFoundError, name: str, deployment: str | None
    ) -> ResourceNotFoundError:
        """Return the error of a request to an endpoint that says what does not exist."""
        what = f"{label(self._resource.KIND)} {name!r} does not exist"
        wanted, others = name, self.list()
        if not error.operation_id:  # from the address, so there is an endpoint
            if deployment is None:
                return await self._without_traffic(error, name)
            what = f"endpoint {name} has no deployment {deployment!r}"
            wanted, others = deployment, self._deployments(self._core).list(name)
        return await naming_similar(error, what, wanted, others)

    async def _without_traffic(
        self, error: ResourceNotFoundError, name: str
    ) -> ResourceNotFoundError:
        endpoint: Any = await self.get(name)
        if any((endpoint.traffic or {}).values()):
            return error
        return error.because(
            f"endpoint {name} sends its traffic to no deployment; name a deployment, or set the traffic"
        )

    def _check(self, resource: Any) -> str:
        """Raise also for traffic that is invalid."""
        check_kind(resource, self._resource)
        check_changed_traffic(resource)
        return name_to_write(resource)

    async def _body(self, resource: E) -> dict[str, Any]:
        return await self._core.with_location(await super()._body(resource))
