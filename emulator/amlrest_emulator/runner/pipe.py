"""Pipes for the output of processes."""

from __future__ import annotations

import asyncio
import os


class Pipe:
    """A pipe; with asyncio's own, ``wait`` would block until orphaned children close it.

    Attributes:
        write_fd: for the process.
        reader: what it wrote.
        transport: closes the end of the reader.
    """

    def __init__(
        self, write_fd: int, reader: asyncio.StreamReader, transport: asyncio.ReadTransport
    ) -> None:
        self.write_fd = write_fd
        self.reader = reader
        self.transport = transport

    @classmethod
    async def open(cls) -> Pipe:
        """Return a new pipe."""
        read_fd, write_fd = os.pipe()
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(read_fd, "rb", buffering=0)
        )
        return cls(write_fd, reader, transport)

    def close_write_end(self) -> None:
        """Close the end of the process, which has inherited it."""
        os.close(self.write_fd)
