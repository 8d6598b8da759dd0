"""Programs that build environments: run with their output in the log, ended with all they started."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from amlrest_emulator.runner.environments.errors import UnbuildableError
from amlrest_emulator.runner.launcher import Launcher
from amlrest_emulator.runner.pipe import Pipe

Say = Callable[[str], None]

# What programs that install packages are told: where their user has set them up, but no secrets
# of the local workspace.
INHERITED = (
    r"HOME|PATH|USER|LOGNAME|LANG|LC_\w+|TMPDIR|TZ|XDG_\w+|NETRC|SSH_AUTH_SOCK|SSL_CERT_\w+"
    r"|REQUESTS_CA_BUNDLE|(?:HTTPS?|ALL|NO)_PROXY|(?:https?|all|no)_proxy"
)
_TAIL_LINES = 20
_GRACE = 2.0
_CHUNK = 64 * 1024
_PASSWORD = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True, slots=True)
class Tool:
    """A program.

    Attributes:
        name: what the log calls it; ``path`` is its path.
        launcher: starts it, so that it ends when the local workspace is killed.
        environment: all its environment variables.
        say: called with each line of the log.
    """

    name: str
    path: str
    launcher: Launcher
    environment: Mapping[str, str]
    say: Say

    async def checked(self, *arguments: str) -> None:
        """Run the program with its output in the log.

        Raises:
            UnbuildableError: its exit code is not 0; with the end of its output.
        """
        self.say(f"$ {self.name} {' '.join(arguments)}")
        code, lines = await self.run(*arguments)
        if code != 0:
            what = " ".join(word for word in arguments[:2] if not word.startswith("-"))
            ended = "was killed" if code is None else f"ended with exit code {code}"
            raise UnbuildableError("\n".join([f"{self.name} {what} {ended}.", *lines]))

    async def run(self, *arguments: str, quiet: bool = False) -> tuple[int | None, list[str]]:
        """Run the program; return its exit code and its last lines.

        Args:
            arguments: what it is told.
            quiet: whether its output is not in the log, and that to standard error nowhere.
        """
        pipe, nowhere = await Pipe.open(), os.open(os.devnull, os.O_WRONLY)
        errors = nowhere if quiet else pipe.write_fd
        try:
            # Not in a project, whose settings it would use.
            started = await self.launcher.start(
                [self.path, *arguments], Path("/"), self.environment, pipe.write_fd, errors
            )
        except BaseException:
            pipe.transport.close()
            raise
        finally:
            pipe.close_write_end()
            os.close(nowhere)
        try:
            lines = await self._read(pipe.reader, quiet=quiet)
            return await started.code(), list(lines)
        finally:
            pipe.transport.close()
            started.terminate()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(started.gone(), _GRACE)
            started.kill()
            await started.gone()

    async def _read(self, reader: asyncio.StreamReader, *, quiet: bool) -> deque[str]:
        last: deque[str] = deque(maxlen=_TAIL_LINES)
        rest = b""
        while data := await reader.read(_CHUNK):
            *whole, rest = (rest + data).split(b"\n")
            for line in whole:
                self._add(line, last, quiet=quiet)
        if rest:
            self._add(rest, last, quiet=quiet)
        return last

    def _add(self, data: bytes, last: deque[str], *, quiet: bool) -> None:
        line = _PASSWORD.sub("***@", data.decode(errors="replace").rstrip())
        last.append(line)
        if not quiet:
            self.say(line)
