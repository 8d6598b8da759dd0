"""An endpoint together with its deployments, in the order that keeps requests answered."""

from __future__ import annotations

import copy
import time
from typing import TYPE_CHECKING, Any

from attrs import frozen

from amlrest._async.deployments import check, prepare
from amlrest._runtime import aio as rt
from amlrest.errors import ResourceNotFoundError
from amlrest.shares import check_plan, check_targets, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from amlrest._async.core import Core


class Limit:
    """One time limit for several operations.

    Args:
        seconds: in all; None for each operation's own limit.
    """

    def __init__(self, seconds: float | None) -> None:
        self._ends = None if seconds is None else time.monotonic() + seconds

    def left(self) -> float | None:
        """Seconds that remain; None for no limit."""
        return None if self._ends is None else max(0.0, self._ends - time.monotonic())


@frozen
class Steps:
    """How one kind of endpoint is read and written.

    Attributes:
        core: the workspace.
        limit: for all steps together.
        get: reads the endpoint.
        listed: reads its deployments.
        write: writes the endpoint.
        deploy: writes a deployment.
        direct: shares the traffic.
    """

    core: Core
    limit: Limit
    get: Callable[[str], Awaitable[Any]]
    listed: Callable[[str], AsyncIterator[Any]]
    write: Callable[..., Awaitable[Any]]
    deploy: Callable[..., Awaitable[Any]]
    direct: Callable[..., Awaitable[Any]]

    async def run(
        self, endpoint: Any, deployments: Sequence[Any], on_ready: Callable[[Any], None] | None
    ) -> Any:
        """Write the endpoint, then its deployments, then its traffic.

        An endpoint that is there keeps its traffic until the deployments are ready; one whose
        traffic is None keeps it afterwards as well.
        """
        parts = check_plan(endpoint, deployments)
        for each in parts:
            await rt.in_thread(check, each)
        there = await self._find(endpoint.name)
        await self._check_traffic(endpoint, parts, there)
        ready = [await prepare(self.core, each) for each in parts]
        first = copy.copy(endpoint)
        first.traffic = None if there is None else serving(there.traffic)
        made = await _told(self.write(first, timeout=self.limit.left()), on_ready)
        for each in ready:
            await _told(self.deploy(each, timeout=self.limit.left()), on_ready)
        if endpoint.traffic is None:
            return await self.get(endpoint.name) if ready else made
        return await self.direct(endpoint.name, endpoint.traffic, timeout=self.limit.left())

    async def _find(self, name: str) -> Any:
        try:
            return await self.get(name)
        except ResourceNotFoundError:
            return None

    async def _check_traffic(self, endpoint: Any, parts: Sequence[Any], there: Any) -> None:
        known = [each.name for each in parts]
        if there is not None and endpoint.traffic:
            known += [each.name async for each in self.listed(endpoint.name)]
        check_targets(endpoint, known)


async def _told(step: Awaitable[Any], on_ready: Callable[[Any], None] | None) -> Any:
    done = await step
    if on_ready is not None:
        on_ready(done)
    return done
