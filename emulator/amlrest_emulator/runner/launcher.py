"""Client of the launcher, the process that starts commands."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from amlrest_emulator.runner import supervisor

_STOP_SECONDS = 5.0
_START_SECONDS = 30.0
_ATTEMPTS = 2


class Command:
    """A command that a supervisor runs.

    Attributes:
        pid: process id of the command, the leader of a session and a process group.
    """

    def __init__(
        self,
        started: dict[str, Any],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.pid: int = started["pid"]
        self._supervisor: int = started["supervisor"]
        self._reader = reader
        self._writer = writer

    def terminate(self) -> None:
        """Send SIGTERM to all processes of the command."""
        self._writer.write(supervisor.TERMINATE)

    def kill(self) -> None:
        """Kill all processes of the command."""
        self._writer.write(supervisor.KILL)

    def abandon(self) -> None:
        """Kill the supervisor, which does not obey: the command may have stopped it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._supervisor, signal.SIGKILL)

    async def code(self) -> int | None:
        """Wait for the exit code; None if the supervisor was killed."""
        message = await _message(self._reader)
        return message.get("code") if message else None

    async def gone(self) -> None:
        """Wait until no process of the command is left."""
        try:
            with contextlib.suppress(OSError):
                await self._reader.read()
        finally:
            self._writer.close()


class Launcher:
    """The launcher of a server; started on first use, and again if it was killed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    async def start(
        self,
        arguments: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        output: int,
        errors: int,
    ) -> Command:
        """Start a command in a session of its own.

        Args:
            arguments: program and arguments.
            folder: working folder.
            environment: all environment variables.
            output: descriptor of standard output.
            errors: descriptor of standard error.

        Raises:
            OSError: the command cannot be started.
        """
        order = {
            "arguments": list(arguments),
            "folder": str(folder),
            "environment": dict(environment),
        }
        for _ in range(_ATTEMPTS):
            reader, writer = await self._supervisor(output, errors)
            with contextlib.suppress(OSError):
                writer.write(json.dumps(order).encode() + b"\n")
                await writer.drain()
            answer = None
            with contextlib.suppress(TimeoutError):
                answer = await asyncio.wait_for(_message(reader), _START_SECONDS)
            if answer is not None and "pid" in answer:
                return Command(answer, reader, writer)
            writer.close()
            if answer is not None:
                raise OSError(answer["error"])
            self._kill()
        raise OSError("the process that starts commands was stopped or killed")

    async def _supervisor(
        self, output: int, errors: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        ours, theirs = socket.socketpair()
        with theirs:
            self._send([theirs.fileno(), output, errors])
        return await asyncio.open_unix_connection(sock=ours)

    def _send(self, descriptors: list[int]) -> None:
        with self._lock:
            try:
                socket.send_fds(self._connected(), [b"+"], descriptors)
            except (BrokenPipeError, ConnectionResetError):
                self._disconnect()
                socket.send_fds(self._connected(), [b"+"], descriptors)

    def _connected(self) -> socket.socket:
        if self._socket is None:
            self._socket, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603
                    [sys.executable, "-ISX", "utf8", supervisor.__file__, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    env=_environment(),
                    cwd="/",
                    start_new_session=True,
                )
        return self._socket

    def _kill(self) -> None:
        """Kill the launcher, which does not respond; the next command gets a new one."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
            self._disconnect()

    def stop(self) -> None:
        """End the launcher, which waits for its supervisors."""
        with self._lock:
            self._disconnect()

    def _disconnect(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_STOP_SECONDS)
            self._process = None


def _environment() -> dict[str, str]:
    """Return the variables of the launcher: what its interpreter may need, and no secrets."""
    needed = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {"PATH": os.defpath} | {name: os.environ[name] for name in needed if name in os.environ}


async def _message(reader: asyncio.StreamReader) -> dict[str, Any] | None:
    """Return the next message of a supervisor, or None at the end."""
    try:
        line = await reader.readline()
    except OSError:
        line = b""
    return json.loads(line) if line.endswith(b"\n") else None
