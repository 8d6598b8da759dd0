"""Puts a distance between a client and a server on this machine, as a network does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

_CHUNK = 1 << 18


@contextmanager
def away(port: int, milliseconds: float) -> Iterator[int]:
    """Give a port that leads to another one, a round trip of that length away.

    What is sent is held back for half of it in each direction; how much is under way is not
    limited, so the distance costs latency and no bandwidth.
    """
    listening: Future[int] = Future()
    loop = asyncio.new_event_loop()

    ended = asyncio.Event()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        ways = (reader, far_writer), (far_reader, writer)
        await asyncio.gather(*(_pass_on(*way, milliseconds / 2000) for way in ways))

    async def serve() -> None:
        server = await asyncio.start_server(relay, "127.0.0.1", 0)
        listening.set_result(server.sockets[0].getsockname()[1])
        await ended.wait()

    runner = asyncio.Runner(loop_factory=lambda: loop)
    thread = threading.Thread(target=runner.run, args=[serve()], daemon=True)
    thread.start()
    try:
        yield listening.result(10)
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        runner.close()


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float
) -> None:
    """Write what is read, late; reading goes on meanwhile."""
    loop = asyncio.get_running_loop()
    due = 0.0
    data = b"begin"
    while data:
        data = await reader.read(_CHUNK)
        # Nothing may be due at the same time as what came before it, for then either may be first.
        due = max(loop.time() + delay, due + 1e-6)
        loop.call_at(due, *((writer.write, data) if data else (writer.close,)))
