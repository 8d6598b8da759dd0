"""Runs the real command on a terminal 80 columns wide."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.cli.conftest import COMMAND

COLUMNS = 80
_REDRAWN = re.compile(r"\x1b\[(\d+)F(?:\x1b\[J|([^\n]*?)\x1b\[K\x1b\[\d+E)")


def run_on_terminal(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], *answers: str
) -> tuple[int, str]:
    """Return exit status and output; `answers` are typed one by one, each after a prompt."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env={**environment, "TERM": "xterm"},
        start_new_session=True,
    )
    os.close(theirs)
    seen, asked = b"", list(answers)
    while piece := _read(ours):
        seen += piece
        if asked and seen.endswith(b": "):
            os.write(ours, f"{asked.pop(0)}\n".encode())
    os.close(ours)
    return process.wait(timeout=30), seen.decode()


def left_on_screen(output: str) -> list[str]:
    """Return the lines that are there in the end, after what was drawn over."""
    first, *rest = _REDRAWN.split(output.replace("\r\n", "\n"))
    lines = first.split("\n")
    for up, replaced, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        at = -1 - int(up)
        if replaced is None:
            lines[at:] = [""]
        else:
            lines[at] = replaced
        below = text.split("\n")
        lines[-1:] = [lines[-1] + below[0], *below[1:]]
    return "\n".join(lines).splitlines()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
