"""Numbers, durations, sizes and times as people read them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_TRACEBACK = "Traceback (most recent call last):"
_LESS_THAN_1000 = 999.5
"""Rounds to three digits."""
_EXACT = 2.0**53
"""Smaller floats are exact where they are whole."""


def number(value: float) -> str:
    """Return four significant digits, or a whole number: ``0.1523``, ``12``, ``3.1e-07``."""
    if isinstance(value, int) or is_whole(value):
        return str(int(value))
    return f"{value:.4g}"


def whole(value: float) -> float:
    """Return a whole number as an int, which a table writes without decimals."""
    return int(value) if is_whole(value) else value


def duration(seconds: float) -> str:
    """Return ``7.3 s``, ``1 min 07 s``, ``2 h 03 min`` or ``3 d 04 h``."""
    if round(seconds, 1) < _MINUTE:
        return f"{seconds:.1f} s"
    seconds = max(seconds, _MINUTE)
    if seconds < _HOUR:
        return f"{int(seconds // 60)} min {int(seconds % 60):02d} s"
    if seconds < _DAY:
        return f"{int(seconds // _HOUR)} h {int(seconds % _HOUR // 60):02d} min"
    return f"{int(seconds // _DAY)} d {int(seconds % _DAY // _HOUR):02d} h"


def size(count: float) -> str:
    """Return a number of bytes as ``512 B``, ``1.5 MB`` or ``12 GB``, with powers of 1000."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < _LESS_THAN_1000:
            return f"{count:.0f} B" if unit == "B" else f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} TB"


def moment(when: datetime | None) -> str:
    """Return a time to the second in the local time zone; empty for None."""
    return "" if when is None else when.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def headline(message: str) -> str:
    """Return an error in one line; of one with tracebacks its start and the last exception."""
    lines = message.splitlines()
    tracebacks = [at for at, line in enumerate(lines) if line.startswith(_TRACEBACK)]
    if not tracebacks:
        return " ".join(message.split())
    raised = (line for line in lines[tracebacks[-1] + 1 :] if line and not line[0].isspace())
    return " ".join([*lines[: tracebacks[0]], next(raised, "")]).strip()


def is_whole(value: float) -> bool:
    """Return whether a number is whole, exactly."""
    return abs(value) < _EXACT and value == int(value)
