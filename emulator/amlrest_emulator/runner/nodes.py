"""Allocation of compute nodes, first come, first served."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_RECHECK = 2.0


@dataclass(eq=False, slots=True)
class _Waiter:
    compute: str
    count: int
    ready: asyncio.Future[None] = field(default_factory=asyncio.Future)


class Nodes:
    """Allocates nodes to runs; for one event loop.

    Args:
        capacity: returns the current number of nodes of a compute.
    """

    def __init__(self, capacity: Callable[[str], int]) -> None:
        self._capacity = capacity
        self._used: Counter[str] = Counter()
        self._waiters: list[_Waiter] = []

    @asynccontextmanager
    async def hold(self, compute: str, count: int) -> AsyncIterator[None]:
        """Wait for ``count`` free nodes of ``compute`` and hold them for the block."""
        waiter = _Waiter(compute, count)
        self._waiters.append(waiter)
        self._allocate()
        try:
            await self._wait_until_ready(waiter)
            yield
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)
            else:
                self._used[compute] -= count
            self._allocate()

    async def _wait_until_ready(self, waiter: _Waiter) -> None:
        # Polls: a change of the compute's size is not signalled.
        while not (await asyncio.wait({waiter.ready}, timeout=_RECHECK))[0]:
            self._allocate()

    def _allocate(self) -> None:
        blocked: set[str] = set()
        for waiter in list(self._waiters):
            free = self._capacity(waiter.compute) - self._used[waiter.compute]
            if waiter.compute in blocked or free < waiter.count:
                # No overtaking: a job with many nodes would starve.
                blocked.add(waiter.compute)
                continue
            self._used[waiter.compute] += waiter.count
            self._waiters.remove(waiter)
            waiter.ready.set_result(None)
