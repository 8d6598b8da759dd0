"""Logs of a job: select the main log, cut its tail, split new content into lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COMBINED = ("std_log", "70_driver_log")
"""Names of the log of stdout and stderr, in current and older versions of the service."""
_BUILD = "20_image_build_log"
"""Name of the log of the environment's build, which comes before the command."""
_SINGLE = ("stderr", "stdout")
_LINE = re.compile(rb"([^\r\n]*)(\r\n|\n|\r)")
_MAIN = (*_COMBINED, *_SINGLE)


def main_log(names: Iterable[str]) -> str | None:
    """Return the log of the user's command; the last by name if no name is known."""
    known = sorted(names)
    for word in _MAIN:
        for name in known:
            if word in name:
                return name
    return known[-1] if known else None


def to_follow(names: Iterable[str]) -> list[str]:
    """Return the logs of the build and of stdout and stderr combined, or else all logs."""
    known = sorted(names)
    combined = [name for name in known if any(word in name for word in _COMBINED)]
    return [name for name in known if _BUILD in name or name in combined] if combined else known


def without_copies(names: Iterable[str]) -> list[str]:
    """Return the logs without those of stdout and stderr alone, if one has both."""
    known = sorted(names)
    if not any(word in name for name in known for word in _COMBINED):
        return known
    return [name for name in known if _stem(name) not in _SINGLE]


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]


def tail(content: bytes, lines: int) -> str:
    """Return the last lines of a log."""
    return "\n".join(content.decode(errors="replace").splitlines()[-lines:])


class Follower:
    """Splits a growing log into lines; an incomplete line is kept until its end arrives.

    A carriage return ends a line too, so that the steps of a progress bar are seen as they come.
    """

    def __init__(self) -> None:
        self.offset = 0
        self._rest: list[bytes] = []
        self._after_return = False

    def feed(self, content: bytes) -> list[str]:
        """Add the bytes after `offset`, and return the lines that are now complete."""
        self.offset += len(content)
        if not content:
            return []
        if self._after_return:
            content = content.removeprefix(b"\n")
        complete = max(content.rfind(b"\n"), content.rfind(b"\r")) + 1
        lines = _LINE.findall(content[:complete])
        if lines:
            lines[0] = (b"".join([*self._rest, lines[0][0]]), lines[0][1])
            self._rest.clear()
        self._rest.append(content[complete:])
        self._after_return = content.endswith(b"\r") and lines[-1][0] != b""
        return [_text(line) for line, end in lines if line or end != b"\r"]

    def finish(self) -> list[str]:
        """Return the last line, if it has no line end."""
        rest = b"".join(self._rest)
        self._rest.clear()
        return [_text(rest)] if rest else []


def _text(line: bytes) -> str:
    return line.decode(errors="replace")
