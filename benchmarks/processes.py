"""Processes to measure: their durations, interleaved, and their use of the processor."""

from __future__ import annotations

import fcntl
import os
import pty
import statistics
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import NamedTuple


class Use(NamedTuple):
    """What a process used.

    Attributes:
        wall: seconds from start to end.
        processor: seconds of one core.
        status: its exit status.
    """

    wall: float
    processor: float
    status: int

    @property
    def share(self) -> float:
        """Percent of one core."""
        return 100 * self.processor / self.wall


def python(statement: str) -> list[str]:
    """Return the command that runs a statement in this Python."""
    return [sys.executable, "-c", statement]


def keep_bytecode(folder: Path) -> None:
    """Compile each module once, as an installation does, also under PYTHONDONTWRITEBYTECODE."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")


def seconds_of(command: list[str], rounds: int, *others: list[str]) -> list[float]:
    """Return the median duration of each process, over interleaved rounds."""
    commands = [command, *others]
    taken: list[list[float]] = [[] for _ in commands]
    for at in range(rounds + 1):
        for each, times in zip(commands, taken, strict=True):
            start = time.perf_counter()
            subprocess.run(each, check=True, capture_output=True)
            if at:  # the first only warms the file cache
                times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in taken]


def on_terminal(command: list[str], lines: int, columns: int) -> Use:
    """Run a process on a terminal of its own, and read what it draws."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    return _run(command, ours, theirs)


def in_pipe(command: list[str]) -> Use:
    """Run a process whose output goes into a pipe."""
    return _run(command, *os.pipe())


def _run(command: list[str], ours: int, theirs: int) -> Use:
    environment = {**os.environ, "TERM": "xterm"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
    )
    os.close(theirs)
    while _read(ours):
        pass
    os.close(ours)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    return Use(wall, used.ru_utime + used.ru_stime, process.returncode)


def _read(end: int) -> int:
    """Read from a terminal or pipe; return how many bytes, 0 at the end."""
    try:
        return len(os.read(end, 1 << 16))
    except OSError:  # the process closed its side of the terminal
        return 0
