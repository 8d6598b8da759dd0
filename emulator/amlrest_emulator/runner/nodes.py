"""Scheduler of compute nodes: free ones go to the waiting runs in order."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_RECHECK = 2.0


@dataclass(eq=False, slots=True)
class _Waiter:
    count: int
    ready: asyncio.Future[None] = field(default_factory=asyncio.Future)


@dataclass(slots=True)
class _Queue:
    """Runs waiting for one compute; an OrderedDict removes from both ends and the middle at once."""

    used: int = 0
    waiting: OrderedDict[_Waiter, None] = field(default_factory=OrderedDict)


class Nodes:
    """Allocates nodes to runs, first come, first served; for one event loop.

    The cost of a run does not depend on how many others wait: only the first run of a compute is
    looked at, when it arrives, when nodes become free, and at intervals.

    Args:
        capacity: returns the current number of nodes of a compute.
    """

    def __init__(self, capacity: Callable[[str], int]) -> None:
        self._capacity = capacity
        self._queues: dict[str, _Queue] = {}
        self._recheck: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def hold(self, compute: str, count: int) -> AsyncIterator[None]:
        """Wait for ``count`` free nodes of ``compute`` and hold them for the block."""
        queue = self._queues.setdefault(compute, _Queue())
        waiter = _Waiter(count)
        queue.waiting[waiter] = None
        if len(queue.waiting) == 1:
            self._allocate(compute, queue)
        try:
            await waiter.ready
            yield
        finally:
            self._release(compute, queue, waiter)

    def _release(self, compute: str, queue: _Queue, waiter: _Waiter) -> None:
        was_first = next(iter(queue.waiting), None) is waiter
        if waiter in queue.waiting:
            del queue.waiting[waiter]
        elif not waiter.ready.cancelled():
            queue.used -= waiter.count
            was_first = True
        if was_first:
            self._allocate(compute, queue)

    def _allocate(self, compute: str, queue: _Queue) -> None:
        """Give free nodes to the first runs of a queue."""
        _drop_cancelled(queue)
        if not queue.waiting:
            return
        free = self._capacity(compute) - queue.used
        while queue.waiting:
            waiter = next(iter(queue.waiting))
            if free < waiter.count:
                # No overtaking: a job with many nodes would starve.
                self._recheck_later()
                return
            del queue.waiting[waiter]
            queue.used += waiter.count
            free -= waiter.count
            waiter.ready.set_result(None)
            _drop_cancelled(queue)

    def _recheck_later(self) -> None:
        # A change of a compute's size is not signalled.
        if self._recheck is None:
            loop = asyncio.get_running_loop()
            self._recheck = loop.call_later(_RECHECK, self._recheck_all)

    def _recheck_all(self) -> None:
        self._recheck = None
        for compute, queue in self._queues.items():
            self._allocate(compute, queue)


def _drop_cancelled(queue: _Queue) -> None:
    """Remove canceled runs from the front, whose tasks have not noticed yet."""
    while queue.waiting and (first := next(iter(queue.waiting))).ready.cancelled():
        del queue.waiting[first]
