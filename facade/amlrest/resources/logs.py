"""Logs of a job: which one matters, its end, and its new lines."""

from collections.abc import Iterable

_COMBINED = ("std_log", "70_driver_log")
"""What the log of both streams of the user's command is called by the runners there have been."""
_MAIN = (*_COMBINED, "stderr", "stdout")


def main_log(names: Iterable[str]) -> str | None:
    """Return the log that the user's command wrote; the last by name if none is known to be."""
    known = sorted(names)
    for word in _MAIN:
        for name in known:
            if word in name:
                return name
    return known[-1] if known else None


def to_follow(names: Iterable[str]) -> list[str]:
    """Return the logs that say everything once: those of both streams, or else all."""
    known = sorted(names)
    combined = [name for name in known if any(word in name for word in _COMBINED)]
    return combined or known


def tail(content: bytes, lines: int) -> str:
    """Return the last lines of a log."""
    return "\n".join(content.decode(errors="replace").splitlines()[-lines:])


class Follower:
    """Cuts a growing log into lines; what has no line end yet waits for the rest of it."""

    def __init__(self) -> None:
        self.offset = 0
        self._rest = b""

    def feed(self, content: bytes) -> list[str]:
        """Take the bytes after `offset` and return the lines that are complete now."""
        self.offset += len(content)
        *lines, self._rest = (self._rest + content).split(b"\n")
        return [_text(line) for line in lines]

    def finish(self) -> list[str]:
        """Return the last line, if the log does not end with a line end."""
        rest, self._rest = self._rest, b""
        return [_text(rest)] if rest else []


def _text(line: bytes) -> str:
    return line.decode(errors="replace").rstrip("\r")
