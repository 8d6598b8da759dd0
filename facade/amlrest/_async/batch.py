"""Batch endpoints and their deployments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._async.deploying import Steps
from amlrest._async.deployments import changes, located, prepare
from amlrest.names import check_name, name_of
from amlrest.resources.deployments import BatchDeployment
from amlrest.resources.endpoints import BatchEndpoint, EndpointKeys
from amlrest.shares import check_traffic, replacing
from amlrest.wire import Scope, from_wire, plain, request_body

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from amlrest._async.core import Core

_KIND = "batchEndpoints"


class BatchEndpoints:
    """Batch endpoints (``BatchEndpoints_*``)."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = Scope(core.workspace_id)

    async def get(self, name: str) -> BatchEndpoint:
        """Get an endpoint by name or id."""
        answer = await self._core.call("BatchEndpoints_Get", endpoint_name=name_of(_KIND, name))
        return from_wire(BatchEndpoint, plain(answer))

    async def list(self) -> AsyncIterator[BatchEndpoint]:
        """Yield the endpoints."""
        async for item in self._core.pages("BatchEndpoints_List"):
            yield from_wire(BatchEndpoint, plain(item))

    async def create_or_update(self, endpoint: BatchEndpoint) -> BatchEndpoint:
        """Create an endpoint, or write one that is there whole."""
        name = check_name(_KIND, endpoint.name or "")
        body = await located(self._core, request_body(endpoint, self._scope))
        answer = await self._core.call("BatchEndpoints_CreateOrUpdate", body, endpoint_name=name)
        return from_wire(BatchEndpoint, plain(answer))

    async def update(self, endpoint: BatchEndpoint) -> BatchEndpoint:
        """Send what can change of an endpoint that is there: traffic, tags, identity."""
        name = check_name(_KIND, endpoint.name or "")
        body = changes(endpoint, request_body(endpoint, self._scope), "traffic")
        answer = await self._core.call("BatchEndpoints_Update", body, endpoint_name=name)
        return from_wire(BatchEndpoint, plain(answer))

    async def set_traffic(self, name: str, traffic: Mapping[str, int]) -> BatchEndpoint:
        """Share the runs between deployments; percentages, together 100 or 0.

        Deployments that are not named get none.

        Raises:
            ValidationError: the percentages do not add up.
        """
        name = name_of(_KIND, name)
        wanted = check_traffic(traffic)
        former = (await self.get(name)).traffic
        body = {"properties": {"traffic": replacing(former, wanted)}}
        answer = await self._core.call("BatchEndpoints_Update", body, endpoint_name=name)
        return from_wire(BatchEndpoint, plain(answer))

    async def deploy(
        self,
        endpoint: BatchEndpoint,
        deployments: Sequence[BatchDeployment] = (),
        *,
        on_ready: Callable[[BatchEndpoint | BatchDeployment], None] | None = None,
    ) -> BatchEndpoint:
        """Create or update an endpoint with its deployments, and then share its traffic.

        As for online endpoints, except that nothing has to be waited for.
        """
        behind = BatchDeployments(self._core)
        steps = Steps(
            self._core,
            self.get,
            behind.list,
            self.create_or_update,
            behind.create_or_update,
            self.set_traffic,
        )
        return await steps.run(endpoint, deployments, on_ready)  # type: ignore[no-any-return]

    async def keys(self, name: str) -> EndpointKeys:
        """Get the keys of an endpoint with ``key`` authentication."""
        answer = await self._core.call(
            "BatchEndpoints_ListKeys", endpoint_name=name_of(_KIND, name)
        )
        return from_wire(EndpointKeys, plain(answer))

    async def delete(self, name: str) -> None:
        """Delete an endpoint with its deployments."""
        await self._core.call("BatchEndpoints_Delete", endpoint_name=name_of(_KIND, name))


class BatchDeployments:
    """Deployments of batch endpoints (``BatchDeployments_*``)."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = Scope(core.workspace_id)

    async def get(self, endpoint: str, name: str) -> BatchDeployment:
        """Get a deployment of an endpoint."""
        answer = await self._core.call(
            "BatchDeployments_Get", endpoint_name=endpoint, deployment_name=name
        )
        return from_wire(BatchDeployment, plain(answer))

    async def list(self, endpoint: str) -> AsyncIterator[BatchDeployment]:
        """Yield the deployments of an endpoint."""
        async for item in self._core.pages("BatchDeployments_List", endpoint_name=endpoint):
            yield from_wire(BatchDeployment, plain(item))

    async def create_or_update(self, deployment: BatchDeployment) -> BatchDeployment:
        """Create a deployment, or write one that is there whole.

        Model, code and environment that are not in the workspace yet are registered first.
        """
        ready = await prepare(self._core, deployment)
        body = await located(self._core, request_body(ready, self._scope))
        answer = await self._core.call(
            "BatchDeployments_CreateOrUpdate",
            body,
            endpoint_name=deployment.endpoint,
            deployment_name=deployment.name,
        )
        return from_wire(BatchDeployment, plain(answer))

    async def update(self, deployment: BatchDeployment) -> BatchDeployment:
        """Send what can change of a deployment that is there: description, tags, identity."""
        body = changes(deployment, request_body(deployment, self._scope), "description")
        answer = await self._core.call(
            "BatchDeployments_Update",
            body,
            endpoint_name=deployment.endpoint,
            deployment_name=deployment.name,
        )
        return from_wire(BatchDeployment, plain(answer))

    async def delete(self, endpoint: str, name: str) -> None:
        """Delete a deployment."""
        await self._core.call(
            "BatchDeployments_Delete", endpoint_name=endpoint, deployment_name=name
        )
