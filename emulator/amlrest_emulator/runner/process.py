"""Running commands: output copied to log files, and an end of all their processes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from amlrest_emulator.runner.launcher import Command, Launcher
from amlrest_emulator.runner.supervisor import MARK, end_marked

_CHUNK = 64 * 1024
_DRAIN = 5.0
_TAIL_BYTES = 4000


@dataclass(frozen=True, slots=True)
class LogFiles:
    """Log files of a command: both output streams together, and each alone."""

    combined: Path
    stdout: Path
    stderr: Path


@dataclass(slots=True)
class Running:
    """A started command with the tasks that copy its output.

    Attributes:
        code: exit code, or None if it is not known: the supervisor was killed.
        errors: the last chunks of standard error.
    """

    command: Command
    mark: str
    pumps: list[asyncio.Task[None]] = field(default_factory=list)
    errors: deque[bytes] = field(default_factory=lambda: deque(maxlen=64))
    code: int | None = None
    ended: asyncio.Task[None] = field(init=False)

    def __post_init__(self) -> None:
        self.ended = asyncio.create_task(self._follow())

    @property
    def pid(self) -> int:
        """Process id of the command."""
        return self.command.pid

    @property
    def error_tail(self) -> str:
        """The last lines of standard error."""
        text = b"".join(self.errors)[-_TAIL_BYTES:].decode(errors="replace")
        return "\n".join(text.strip().splitlines()[-20:])

    async def _follow(self) -> None:
        """Wait until all processes of the command have ended and their output is copied."""
        self.code = await self.command.code()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.command.gone(), _DRAIN)
        if self.code is None:
            await asyncio.to_thread(end_marked, self.mark)
        _, pending = await asyncio.wait(self.pumps, timeout=_DRAIN)
        for task in pending:
            task.cancel()

    async def wait(self) -> int | None:
        """Return the exit code when all processes of the command have ended."""
        await asyncio.shield(self.ended)
        return self.code

    async def end(self, grace: float) -> None:
        """Terminate all processes of the command; kill them after ``grace`` seconds."""
        self.command.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.wait(), grace)
            return
        self.command.kill()
        await self.wait()


async def start(
    launcher: Launcher,
    command: str,
    folder: Path,
    environment: Mapping[str, str],
    *,
    logs: LogFiles,
    prefix: bytes = b"",
) -> Running:
    """Start a command in a shell, as leader of a new session and process group.

    Raises:
        OSError: it cannot be started.
    """
    output, errors = await _Pipe.open(), await _Pipe.open()
    arguments = [shutil.which("bash") or "/bin/sh", "-c", command]
    try:
        started = await launcher.start(
            arguments, folder, environment, output.write_fd, errors.write_fd
        )
    except BaseException:
        output.transport.close()
        errors.transport.close()
        raise
    finally:
        output.close_write_end()
        errors.close_write_end()
    running = Running(started, environment.get(MARK, ""))
    running.pumps = [
        asyncio.create_task(_pump(output, (logs.stdout, logs.combined), prefix, None)),
        asyncio.create_task(_pump(errors, (logs.stderr, logs.combined), prefix, running.errors)),
    ]
    return running


class _Pipe:
    """A pipe; with asyncio's own, ``wait`` would block until orphaned children close it."""

    def __init__(
        self, write_fd: int, reader: asyncio.StreamReader, transport: asyncio.ReadTransport
    ) -> None:
        self.write_fd = write_fd
        self.reader = reader
        self.transport = transport

    @classmethod
    async def open(cls) -> _Pipe:
        read_fd, write_fd = os.pipe()
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(read_fd, "rb", buffering=0)
        )
        return cls(write_fd, reader, transport)

    def close_write_end(self) -> None:
        os.close(self.write_fd)


async def _pump(
    pipe: _Pipe, paths: tuple[Path, Path], prefix: bytes, tail: deque[bytes] | None
) -> None:
    add_prefix = _LinePrefixer(prefix)
    try:
        with _appender(paths[0]) as own, _appender(paths[1]) as combined:
            while data := await pipe.reader.read(_CHUNK):
                own.write(data)
                combined.write(add_prefix(data))
                if tail is not None:
                    tail.append(data)
            combined.write(add_prefix.end())
    finally:
        pipe.transport.close()


class _LinePrefixer:
    """Adds a prefix to every line; writes whole lines, so that ranks do not interleave."""

    def __init__(self, prefix: bytes) -> None:
        self._prefix = prefix
        self._rest = b""

    def __call__(self, data: bytes) -> bytes:
        if not self._prefix:
            return data
        *lines, self._rest = (self._rest + data).split(b"\n")
        return b"".join(self._prefix + line + b"\n" for line in lines)

    def end(self) -> bytes:
        return self._prefix + self._rest + b"\n" if self._rest else b""


def _appender(path: Path) -> BinaryIO:
    return path.open("ab", buffering=0)


def signal_group(pid: int, number: signal.Signals) -> bool:
    """Send a signal to a process group; return whether it exists."""
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def start_time(pid: int) -> str:
    """Return the start time of a process, to detect a reused id; "" if it does not exist."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.parent.joinpath("self").exists():
        try:
            return stat.read_text().rpartition(")")[2].split()[19]
        except (OSError, IndexError):
            return ""
    found = subprocess.run(  # noqa: S603
        ["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return found.stdout.strip()
