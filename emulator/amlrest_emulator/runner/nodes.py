"""Nodes of the computes, given out first come, first served."""

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
    """Gives nodes to jobs; for one event loop.

    Args:
        capacity: returns the number of nodes a compute has now.
    """

    def __init__(self, capacity: Callable[[str], int]) -> None:
        self._capacity = capacity
        self._used: Counter[str] = Counter()
        self._waiters: list[_Waiter] = []

    @asynccontextmanager
    async def hold(self, compute: str, count: int) -> AsyncIterator[None]:
        """Wait for ``count`` free nodes of ``compute`` and hold them."""
        waiter = _Waiter(compute, count)
        self._waiters.append(waiter)
        self._give()
        try:
            await self._given(waiter)
            yield
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)
            else:
                self._used[compute] -= count
            self._give()

    async def _given(self, waiter: _Waiter) -> None:
        # A compute may have grown meanwhile, which nobody tells.
        while not (await asyncio.wait({waiter.ready}, timeout=_RECHECK))[0]:
            self._give()

    def _give(self) -> None:
        blocked: set[str] = set()
        for waiter in list(self._waiters):
            free = self._capacity(waiter.compute) - self._used[waiter.compute]
            if waiter.compute in blocked or free < waiter.count:
                # Those behind do not overtake, or a wide job would wait for ever.
                blocked.add(waiter.compute)
                continue
            self._used[waiter.compute] += waiter.count
            self._waiters.remove(waiter)
            waiter.ready.set_result(None)
