"""Running commands: output copied to log files, and an end of all their processes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from amlrest_emulator.runner.launcher import Command, Launcher
from amlrest_emulator.runner.pipe import Pipe
from amlrest_emulator.runner.supervisor import MARK, end_marked

T = TypeVar("T")

_CHUNK = 64 * 1024
_DRAIN = 5.0
_HOLD = 0.2


class OutputLog(Protocol):
    """Where the output of a process goes."""

    @property
    def held(self) -> bytes:
        """What is not written yet."""

    @property
    def tail(self) -> str:
        """The last lines."""

    def write(self, data: bytes) -> None:
        """Append output."""

    def flush(self) -> None:
        """Write what is held."""

    def finish(self) -> None:
        """Write the rest, at the end of the output."""


@dataclass(slots=True)
class Running:
    """A started command with the tasks that copy its output.

    Attributes:
        mark: mark of its processes.
        errors: standard error.
        code: exit code, or None if it is not known: the supervisor was killed.
    """

    command: Command
    mark: str
    errors: OutputLog
    pumps: list[asyncio.Task[None]]
    code: int | None = None
    ended: asyncio.Task[None] = field(init=False)

    def __post_init__(self) -> None:
        self.ended = asyncio.create_task(self._follow())

    @property
    def pid(self) -> int:
        """Process id of the command."""
        return self.command.pid

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
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.wait(), _DRAIN)
            return
        self.command.abandon()
        await self.wait()


async def start(
    launcher: Launcher,
    command: str,
    folder: Path,
    environment: Mapping[str, str],
    streams: tuple[OutputLog, OutputLog],
) -> Running:
    """Start a command in a shell, as leader of a new session and process group.

    Args:
        launcher: starts the command.
        command: text for the shell.
        folder: working folder.
        environment: all environment variables.
        streams: logs of standard output and error.

    Raises:
        OSError: it cannot be started.
    """
    output, errors = await Pipe.open(), await Pipe.open()
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
    pumps = [
        asyncio.create_task(_pump(pipe, stream))
        for pipe, stream in zip((output, errors), streams, strict=True)
    ]
    return Running(started, environment.get(MARK, ""), streams[1], pumps)


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Complete a coroutine that must not stop half-way before the task is cancelled."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


async def _pump(pipe: Pipe, stream: OutputLog) -> None:
    try:
        while True:
            try:
                async with asyncio.timeout(_HOLD if stream.held else None):
                    data = await pipe.reader.read(_CHUNK)
            except TimeoutError:
                stream.flush()
                continue
            if not data:
                break
            stream.write(data)
        stream.finish()
    finally:
        pipe.transport.close()


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
