"""The asyncio side of the primitives; `sync` is its twin."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from httpx import AsyncClient

    from amlrest._http.auth import TokenCredential

T = TypeVar("T")

Lock = asyncio.Lock


def home() -> object:
    """Where connections and locks may be used: this process and this event loop."""
    return os.getpid(), asyncio.get_running_loop()


async def sleep(seconds: float) -> None:
    """Wait without holding up the event loop."""
    await asyncio.sleep(seconds)


async def in_thread(function: Callable[..., T], *args: Any) -> T:
    """Run a blocking function in a thread."""
    return await asyncio.to_thread(function, *args)


async def gather(*calls: Callable[[], Awaitable[T]], limit: int | None = None) -> tuple[T, ...]:
    """Run calls beside each other.

    Args:
        calls: functions without arguments.
        limit: how many at once; all by default.

    Returns:
        Their results, in order.

    Raises:
        Exception: the first failure; the other calls are stopped before it is raised.
    """
    results: list[Any] = [None] * len(calls)
    waiting = iter(enumerate(calls))

    async def work() -> None:
        for index, call in waiting:
            results[index] = await call()

    workers = range(min(limit or len(calls), len(calls)))
    tasks = [asyncio.ensure_future(work()) for _ in workers]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return tuple(results)


async def get_token(credential: TokenCredential, scope: str, **kwargs: Any) -> Any:
    """Ask a credential of either kind; one that blocks is asked in a thread."""
    if asyncio.iscoroutinefunction(credential.get_token):
        return await credential.get_token(scope, **kwargs)
    answer = await asyncio.to_thread(credential.get_token, scope, **kwargs)
    return await answer if hasattr(answer, "__await__") else answer


async def release(resource: object) -> None:
    """Close something, if it can be closed."""
    close = getattr(resource, "close", None)
    outcome: Any = close() if close else None
    if hasattr(outcome, "__await__"):
        await outcome


def open_client(**options: Any) -> AsyncClient:
    """Open an HTTP client."""
    from amlrest._http.lean_httpx import httpx

    return httpx.AsyncClient(**options)
