"""Network delay: a proxy that adds latency between a client and a server on this machine."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

_CHUNK = 1 << 18


@contextmanager
def delayed(port: int, milliseconds: float) -> Iterator[int]:
    """Yield a port that forwards to another one with this round-trip time.

    Data is held back for half of that time in each direction. The amount of data in transit is not
    limited, so the proxy adds latency and does not reduce bandwidth.
    """
    listening: Future[int] = Future()
    loop = asyncio.new_event_loop()
    stopped = asyncio.Event()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        directions = (reader, far_writer), (far_reader, writer)
        await asyncio.gather(
            *(_forward(*direction, milliseconds / 2000) for direction in directions)
        )

    async def serve() -> None:
        server = await asyncio.start_server(relay, "127.0.0.1", 0)
        listening.set_result(server.sockets[0].getsockname()[1])
        await stopped.wait()

    runner = asyncio.Runner(loop_factory=lambda: loop)
    thread = threading.Thread(target=runner.run, args=[serve()], daemon=True)
    thread.start()
    try:
        yield listening.result(10)
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join()
        runner.close()


async def _forward(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float
) -> None:
    """Write everything that is read, with a delay, and keep reading meanwhile."""
    loop = asyncio.get_running_loop()
    due = 0.0
    data = b"begin"
    while data:
        data = await reader.read(_CHUNK)
        # Callbacks that are due at the same time run in any order, so each is due later.
        due = max(loop.time() + delay, due + 1e-6)
        loop.call_at(due, *((writer.write, data) if data else (writer.close,)))
