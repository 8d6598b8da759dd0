"""Concurrency primitives, sync and async: order, limits, first failure, Ctrl-C."""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from amlrest._runtime import aio, sync

APIS = ("sync", "async")


def gather(api: str, steps: list[Callable[[], Any]], limit: int | None = None) -> tuple[Any, ...]:
    """Gather blocking steps on either api; on the asyncio one each runs in a thread."""
    if api == "sync":
        return sync.gather(*steps, limit=limit)

    async def run() -> tuple[Any, ...]:
        calls = [partial(asyncio.to_thread, step) for step in steps]
        return await aio.gather(*calls, limit=limit)

    return asyncio.run(run())


@pytest.mark.parametrize("api", APIS)
def test_results_come_in_order_and_calls_run_beside_each_other(api: str) -> None:
    together = threading.Barrier(4, timeout=10)

    def step(number: int) -> int:
        together.wait()
        return number

    assert gather(api, [partial(step, n) for n in range(4)]) == (0, 1, 2, 3)
    assert gather(api, []) == ()


@pytest.mark.parametrize("api", APIS)
def test_no_more_than_the_limit_run_at_once(api: str) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def step() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1

    gather(api, [step] * 12, limit=3)
    assert most == 3


@pytest.mark.parametrize("api", APIS)
def test_the_first_failure_is_raised_and_the_rest_is_not_begun(api: str) -> None:
    begun: list[int] = []

    def step(number: int) -> None:
        begun.append(number)
        if number == 1:
            raise KeyError(number)

    with pytest.raises(KeyError, match="1"):
        gather(api, [partial(step, n) for n in range(50)], limit=1)
    assert begun == [0, 1]


def test_a_failure_stops_the_tasks_beside_it() -> None:
    stopped: list[str] = []

    async def slow() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            stopped.append("slow")

    async def broken() -> None:
        await asyncio.sleep(0)
        raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        asyncio.run(aio.gather(slow, broken))
    assert stopped == ["slow"]


def test_ctrl_c_ends_a_program_whose_threads_are_busy() -> None:
    code = (
        "import os, time\nfrom amlrest._runtime import sync\n"
        "def busy():\n    os.write(1, b'.')\n    time.sleep(60)\n"
        "sync.gather(busy, busy)\n"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert program.stdout is not None
        assert program.stdout.read(1) == "."
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate(timeout=20)
    finally:
        program.kill()
    assert "KeyboardInterrupt" in errors


def test_blocking_work_leaves_the_event_loop_free() -> None:
    async def run() -> int:
        gate = threading.Event()
        work = asyncio.ensure_future(aio.in_thread(gate.wait, 20))
        await asyncio.sleep(0)
        gate.set()
        return int(await work)

    assert asyncio.run(run()) == 1
    assert sync.in_thread(int, "7") == 7
