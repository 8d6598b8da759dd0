"""Asyncio primitives; `sync` has the same names."""

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
INTERRUPTIONS = (KeyboardInterrupt, asyncio.CancelledError)
"""What ends a wait from outside: Ctrl-C, the interruption of a notebook, a canceled task."""


def home() -> object:
    """Return what connections and locks belong to: this process and event loop."""
    return os.getpid(), asyncio.get_running_loop()


async def sleep(seconds: float) -> None:
    """Sleep without blocking the event loop."""
    await asyncio.sleep(seconds)


async def in_thread(function: Callable[..., T], *args: Any) -> T:
    """Run a blocking function in a thread."""
    return await asyncio.to_thread(function, *args)


def now(call: Callable[[], Awaitable[T]]) -> T | None:  # noqa: ARG001 - it cannot be awaited
    """Return the result of a call where nothing can be awaited; with asyncio None."""
    return None


async def gather(*calls: Callable[[], Awaitable[T]], limit: int | None = None) -> tuple[T, ...]:
    """Run calls concurrently.

    Args:
        calls: functions without arguments.
        limit: maximum concurrent calls; all by default.

    Returns:
        Their results, in order.

    Raises:
        Exception: the first failure; the other calls are canceled before it is raised.
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
    """Get a token from a sync or async credential; a sync one is called in a thread."""
    if asyncio.iscoroutinefunction(credential.get_token):
        return await credential.get_token(scope, **kwargs)
    token = await asyncio.to_thread(credential.get_token, scope, **kwargs)
    return await token if hasattr(token, "__await__") else token


async def release(resource: object) -> None:
    """Close a resource that has a close method."""
    close = getattr(resource, "close", None)
    outcome: Any = close() if close else None
    if hasattr(outcome, "__await__"):
        await outcome


def open_client(**options: Any) -> AsyncClient:
    """Open an HTTP client."""
    from amlrest._http.lean_httpx import httpx

    return httpx.AsyncClient(**options)
