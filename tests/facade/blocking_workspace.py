"""Blocking workspace: the sync or the async API behind the same blocking calls."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import amlrest.aio
from amlrest import StaticToken

from tests.facade.core_runner import QUICK

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace


class BlockingProxy:
    """Runs what an asyncio object returns to its end; lists what it yields."""

    def __init__(self, inner: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._inner, self._loop = inner, loop

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._blocking(found) if callable(found) else BlockingProxy(found, self._loop)

    def _blocking(self, method: Any) -> Any:
        def call(*args: Any, **options: Any) -> Any:
            return self._loop.run_until_complete(_all(method(*args, **options)))

        return call


def server_at(url: str) -> Any:
    """What `open_workspace` wants to know of a server that is no local workspace."""
    return SimpleNamespace(
        subscription_id="s", resource_group="g", workspace_name="w", token="t", endpoint=url
    )


async def _all(result: Any) -> Any:
    if isinstance(result, AsyncIterator):
        return iter([item async for item in result])
    return await result


@contextmanager
def open_workspace(api: str, local: "LocalWorkspace", **options: Any) -> Iterator[Any]:
    """Open a workspace of one api at a local workspace."""
    names: dict[str, Any] = {
        "subscription_id": local.subscription_id,
        "resource_group": local.resource_group,
        "name": local.workspace_name,
        "endpoint": local.endpoint,
        "credential": StaticToken(local.token),
        "retry": QUICK,
    } | options
    if api == "sync":
        with amlrest.Workspace(**names) as workspace:
            yield workspace
        return
    loop = asyncio.new_event_loop()
    beside = amlrest.aio.Workspace(**names)
    try:
        yield BlockingProxy(beside, loop)
    finally:
        loop.run_until_complete(beside.close())
        loop.close()
