"""Processes of a command: a group of their own, output kept as it comes, ended as a whole."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
from asyncio.subprocess import Process
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

_PIECE = 64 * 1024
_DRAIN = 5.0
_TAIL_BYTES = 4000


@dataclass(frozen=True, slots=True)
class LogFiles:
    """Where output goes: both streams together, and each on its own."""

    combined: Path
    stdout: Path
    stderr: Path


@dataclass(slots=True)
class Running:
    """A started process with the tasks that keep its output.

    Attributes:
        errors: the last pieces of standard error.
    """

    process: Process
    pumps: list[asyncio.Task[None]] = field(default_factory=list)
    errors: deque[bytes] = field(default_factory=lambda: deque(maxlen=64))

    @property
    def error_tail(self) -> str:
        """The last lines of standard error."""
        text = b"".join(self.errors)[-_TAIL_BYTES:].decode(errors="replace")
        return "\n".join(text.strip().splitlines()[-20:])

    async def wait(self) -> int:
        """Wait for the end of the process; what it left behind in its group is killed."""
        code = await self.process.wait()
        signal_group(self.process.pid, signal.SIGKILL)
        _, pending = await asyncio.wait(self.pumps, timeout=_DRAIN)
        for task in pending:
            task.cancel()
        return code


async def start(
    command: str, folder: Path, environment: Mapping[str, str], logs: LogFiles, prefix: bytes = b""
) -> Running:
    """Start a command in a shell, as leader of a new session and process group.

    Args:
        command: text for the shell.
        folder: working folder.
        environment: the whole environment.
        logs: files to which output is added.
        prefix: put before every line of the combined log.
    """
    output, errors = await _Pipe.open(), await _Pipe.open()
    try:
        process = await asyncio.create_subprocess_exec(
            shutil.which("bash") or "/bin/sh",
            "-c",
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output.inlet,
            stderr=errors.inlet,
            start_new_session=True,
        )
    finally:
        output.close_inlet()
        errors.close_inlet()
    running = Running(process)
    running.pumps = [
        asyncio.create_task(_pump(output, (logs.stdout, logs.combined), prefix, None)),
        asyncio.create_task(_pump(errors, (logs.stderr, logs.combined), prefix, running.errors)),
    ]
    return running


class _Pipe:
    """A pipe of our own: asyncio's would keep ``wait`` waiting for what a command left behind."""

    def __init__(
        self, inlet: int, reader: asyncio.StreamReader, outlet: asyncio.ReadTransport
    ) -> None:
        self.inlet = inlet
        self.reader = reader
        self.outlet = outlet

    @classmethod
    async def open(cls) -> "_Pipe":
        outlet, inlet = os.pipe()
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(outlet, "rb", buffering=0)
        )
        return cls(inlet, reader, transport)

    def close_inlet(self) -> None:
        os.close(self.inlet)


async def _pump(
    pipe: _Pipe, paths: tuple[Path, Path], prefix: bytes, kept: deque[bytes] | None
) -> None:
    mark = _Marker(prefix)
    try:
        with _appender(paths[0]) as own, _appender(paths[1]) as combined:
            while data := await pipe.reader.read(_PIECE):
                own.write(data)
                combined.write(mark(data))
                if kept is not None:
                    kept.append(data)
            combined.write(mark.end())
    finally:
        pipe.outlet.close()


class _Marker:
    """Puts a prefix before every line; lines come out whole, so that ranks do not mix them."""

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
    """Send a signal to a process group; returns whether there was one."""
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


async def end_group(running: Running, grace: float) -> None:
    """End a process group: SIGTERM, and SIGKILL when it is still there after ``grace`` seconds."""
    signal_group(running.process.pid, signal.SIGTERM)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(running.process.wait(), grace)
    signal_group(running.process.pid, signal.SIGKILL)
    await running.wait()


def start_time(pid: int) -> str:
    """Return what tells a process from another that has the same id later; "" when it is gone."""
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
