"""Batch endpoints and their deployments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._async.deploying import Limit, Steps
from amlrest._async.deployments import address, changes, check_shares, located, prepare
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
    """Batch endpoints (``BatchEndpoints_*``).

    Where the service goes on after its answer, methods wait for the end, at most `timeout` seconds
    (by default what the service states, or an hour), and raise `DeadlineError` after that.
    """

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

    async def create_or_update(
        self,
        endpoint: BatchEndpoint,
        *,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> BatchEndpoint:
        """Create an endpoint, or write one that is there whole.

        Args:
            endpoint: without a location it gets the workspace's.
            timeout: seconds to wait for the end.
        """
        name = check_name(_KIND, endpoint.name or "")
        check_shares(endpoint)
        body = await located(self._core, request_body(endpoint, self._scope))
        answer = await self._core.run(
            "BatchEndpoints_CreateOrUpdate", body, timeout=timeout, endpoint_name=name
        )
        return from_wire(BatchEndpoint, plain(answer))

    async def update(
        self,
        endpoint: BatchEndpoint,
        *,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> BatchEndpoint:
        """Send what can change of an endpoint that is there: traffic, tags, identity.

        Raises:
            ValidationError: something else was changed.
        """
        name = check_name(_KIND, endpoint.name or "")
        check_shares(endpoint)
        body = changes(endpoint, request_body(endpoint, self._scope), "traffic")
        return await self._patch(name, body, timeout)

    async def set_traffic(
        self,
        name: str,
        traffic: Mapping[str, int],
        *,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> BatchEndpoint:
        """Share the runs between deployments; those not named get none.

        Args:
            name: the endpoint.
            traffic: percent by deployment; together 100, or 0 for none.
            timeout: seconds to wait for the end.

        Raises:
            ValidationError: the percentages do not add up.
        """
        name = name_of(_KIND, name)
        wanted = check_traffic(traffic)
        former = (await self.get(name)).traffic
        return await self._patch(
            name, {"properties": {"traffic": replacing(former, wanted)}}, timeout
        )

    async def deploy(
        self,
        endpoint: BatchEndpoint,
        deployments: Sequence[BatchDeployment] = (),
        *,
        timeout: float | None = None,  # noqa: ASYNC109
        on_ready: Callable[[BatchEndpoint | BatchDeployment], None] | None = None,
    ) -> BatchEndpoint:
        """Create or update an endpoint with its deployments, and then share its traffic.

        As for online endpoints: runs are taken all the while.
        """
        behind = BatchDeployments(self._core)
        steps = Steps(
            self._core,
            Limit(timeout),
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

    async def delete(self, name: str, *, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Delete an endpoint with its deployments."""
        await self._core.run(
            "BatchEndpoints_Delete", timeout=timeout, endpoint_name=name_of(_KIND, name)
        )

    async def _patch(
        self,
        name: str,
        body: dict[str, Any],
        timeout: float | None,  # noqa: ASYNC109
    ) -> BatchEndpoint:
        answer = await self._core.run(
            "BatchEndpoints_Update", body, timeout=timeout, endpoint_name=name
        )
        return from_wire(BatchEndpoint, plain(answer))


class BatchDeployments:
    """Deployments of batch endpoints (``BatchDeployments_*``); waiting as for endpoints."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = Scope(core.workspace_id)

    async def get(self, endpoint: str, name: str) -> BatchDeployment:
        """Get a deployment of an endpoint; both by name or id."""
        where = address(_KIND, endpoint, name)
        return _read(await self._core.call("BatchDeployments_Get", **where))

    async def list(self, endpoint: str) -> AsyncIterator[BatchDeployment]:
        """Yield the deployments of an endpoint."""
        named = name_of(_KIND, endpoint)
        async for item in self._core.pages("BatchDeployments_List", endpoint_name=named):
            yield _read(item)

    async def create_or_update(
        self,
        deployment: BatchDeployment,
        *,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> BatchDeployment:
        """Create a deployment, or write one that is there whole.

        Model, code and environment that are not in the workspace yet are registered first.

        Args:
            deployment: with the name of its endpoint.
            timeout: seconds to wait for the end.
        """
        where = address(_KIND, deployment.endpoint, deployment.name)
        ready = await prepare(self._core, deployment)
        body = await located(self._core, request_body(ready, self._scope))
        answer = await self._core.run(
            "BatchDeployments_CreateOrUpdate", body, timeout=timeout, **where
        )
        return _read(answer)

    async def update(
        self,
        deployment: BatchDeployment,
        *,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> BatchDeployment:
        """Send what can change of a deployment that is there: description, tags, identity.

        Raises:
            ValidationError: something else was changed.
        """
        where = address(_KIND, deployment.endpoint, deployment.name)
        body = changes(deployment, request_body(deployment, self._scope), "description")
        return _read(
            await self._core.run("BatchDeployments_Update", body, timeout=timeout, **where)
        )

    async def delete(
        self,
        endpoint: str,
        name: str,
        *,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> None:
        """Delete a deployment."""
        where = address(_KIND, endpoint, name)
        await self._core.run("BatchDeployments_Delete", timeout=timeout, **where)


def _read(answer: Any) -> BatchDeployment:
    return from_wire(BatchDeployment, plain(answer))
