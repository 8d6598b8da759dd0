"""Programs that build environments: run with their output in the log, ended with all they started."""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
import subprocess
from asyncio.subprocess import Process
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from amlrest_emulator.runner.environments.errors import UnbuildableError
from amlrest_emulator.runner.process import signal_group, start_time

Say = Callable[[str], None]

# What programs that install packages are told: where their user has set them up, but no secrets
# of the local workspace.
INHERITED = (
    r"HOME|PATH|USER|LOGNAME|LANG|LC_\w+|TMPDIR|TZ|XDG_\w+|NETRC|SSH_AUTH_SOCK|SSL_CERT_\w+"
    r"|REQUESTS_CA_BUNDLE|(?:HTTPS?|ALL|NO)_PROXY|(?:https?|all|no)_proxy"
)
_TAIL_LINES = 20
_GRACE = 2.0
_LONGEST_LINE = 2**24
_PASSWORD = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True, slots=True)
class Tool:
    """A program.

    Attributes:
        path: its path; ``name`` is what the log calls it.
        environment: all its environment variables.
        say: called with each line of the log.
        lock: descriptor that it inherits, or None.
        record: file for its process id and start time, or None.
    """

    name: str
    path: str
    environment: Mapping[str, str]
    say: Say
    lock: int | None = None
    record: Path | None = None

    async def checked(self, *arguments: str) -> None:
        """Run the program with its output in the log.

        Raises:
            UnbuildableError: its exit code is not 0; with the end of its output.
        """
        self.say(f"$ {self.name} {' '.join(arguments)}")
        code, lines = await self.run(*arguments)
        if code != 0:
            what = " ".join(word for word in arguments[:2] if not word.startswith("-"))
            reason = f"{self.name} {what} ended with exit code {code}."
            raise UnbuildableError("\n".join([reason, *lines]))

    async def run(self, *arguments: str, quiet: bool = False) -> tuple[int, list[str]]:
        """Run the program; return its exit code and its last lines."""
        process = await asyncio.create_subprocess_exec(
            self.path,
            *arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet else subprocess.STDOUT,
            cwd="/",  # not in a project, whose settings it would use
            env=self.environment,
            start_new_session=True,
            pass_fds=() if self.lock is None else (self.lock,),
            limit=_LONGEST_LINE,
        )
        try:
            if self.record is not None:
                self.record.write_text(f"{process.pid} {start_time(process.pid)}")
            lines = await self._read(process, quiet=quiet)
            return await process.wait(), list(lines)
        finally:
            await _end(process)

    async def _read(self, process: Process, *, quiet: bool) -> deque[str]:
        last: deque[str] = deque(maxlen=_TAIL_LINES)
        if process.stdout is None:
            return last
        async for data in process.stdout:
            line = _PASSWORD.sub("***@", data.decode(errors="replace").rstrip())
            last.append(line)
            if not quiet:
                self.say(line)
        return last


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    signal_group(process.pid, signal.SIGTERM)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), _GRACE)
    signal_group(process.pid, signal.SIGKILL)
    await process.wait()
