"""Scheduler of nodes: order, capacity, cancellation, and its cost when many runs wait."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter

import pytest
from amlrest_emulator.runner import nodes as scheduler
from amlrest_emulator.runner.nodes import Nodes
from hypothesis import given
from hypothesis import strategies as st


class Computes:
    """Sizes of computes, and how often they were asked for."""

    def __init__(self, **sizes: int) -> None:
        self.sizes = sizes
        self.reads = 0

    def __call__(self, compute: str) -> int:
        self.reads += 1
        return self.sizes.get(compute, 0)


def _run(nodes: Nodes, compute: str, count: int, log: list[int], number: int) -> asyncio.Task[None]:
    async def run() -> None:
        async with nodes.hold(compute, count):
            log.append(number)
            await asyncio.sleep(0)

    return asyncio.create_task(run())


def test_the_cost_of_a_run_does_not_depend_on_how_many_wait() -> None:
    async def reads_per_run(waiting: int) -> float:
        computes = Computes(one=2)
        nodes, log = Nodes(computes), list[int]()
        await asyncio.gather(*(_run(nodes, "one", 1, log, n) for n in range(waiting)))
        assert log == list(range(waiting))
        return computes.reads / waiting

    few, many = asyncio.run(reads_per_run(50)), asyncio.run(reads_per_run(5000))
    assert many <= few + 0.1


@given(
    size=st.integers(1, 4),
    counts=st.lists(st.integers(1, 4), max_size=30),
    canceled=st.sets(st.integers(0, 29)),
    early=st.booleans(),
)
def test_runs_start_in_order_and_never_on_more_nodes_than_there_are(
    size: int, counts: list[int], canceled: set[int], early: bool
) -> None:
    counts = [min(count, size) for count in counts]

    async def go() -> list[int]:
        nodes, log, used = Nodes(Computes(one=size)), list[int](), Counter[str]()

        async def run(number: int) -> None:
            async with nodes.hold("one", counts[number]):
                used["now"] += counts[number]
                assert used["now"] <= size
                log.append(number)
                try:
                    await asyncio.sleep(0)
                finally:
                    used["now"] -= counts[number]

        tasks = [asyncio.create_task(run(number)) for number in range(len(counts))]
        if not early:
            await asyncio.sleep(0)
        for number in canceled & set(range(len(counts))):
            tasks[number].cancel()
        await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 10)
        assert used["now"] == 0
        return log

    log = asyncio.run(go())
    assert log == sorted(log)
    assert set(range(len(counts))) - canceled <= set(log)


def test_a_full_compute_does_not_hold_up_another() -> None:
    async def go() -> None:
        nodes, log = Nodes(Computes(full=1, free=1)), list[int]()
        async with nodes.hold("full", 1):
            waiting = _run(nodes, "full", 1, log, 1)
            await _run(nodes, "free", 1, log, 2)
            assert log == [2]
            waiting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await waiting

    asyncio.run(go())


def test_a_compute_that_grows_takes_the_runs_that_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "_RECHECK", 0.01)

    async def go() -> None:
        computes, log = Computes(), list[int]()
        nodes = Nodes(computes)
        run = _run(nodes, "one", 2, log, 1)
        await asyncio.sleep(0)
        assert log == []
        computes.sizes["one"] = 2
        await asyncio.wait_for(run, 10)

    asyncio.run(go())
