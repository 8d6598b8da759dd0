"""Numbers, times and sizes as people read them. No I/O."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

_EXACT = 2.0**53


def number(value: Any) -> str:
    """Return a number with at most five significant digits; another value as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    if isinstance(value, int) or (value.is_integer() and abs(value) < _EXACT):
        return str(int(value))
    return f"{value:.5g}" if math.isfinite(value) else {"nan": "NaN"}.get(str(value), str(value))


def duration(seconds: float | None) -> str:
    """Return ``7.3 s``, ``1 min 07 s``, ``2 h 03 min`` or ``3 d 04 h``; empty for None."""
    from amlrest._readable import duration as said

    return "" if seconds is None else said(max(seconds, 0.0))


def size(count: float) -> str:
    """Return a number of bytes as ``512 B``, ``1.5 MB`` or ``12 GB``, with powers of 1000."""
    from amlrest._readable import size as said

    return said(count)


def moment(seconds: float | None) -> str:
    """Return a time to the second in the local time zone; empty for None."""
    if seconds is None:
        return ""
    return datetime.fromtimestamp(seconds, UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def iso(seconds: float) -> str:
    """Return a time for the attribute ``datetime`` of HTML."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plural(count: int, word: str) -> str:
    """Return ``1 trial`` or ``2 trials``."""
    return f"{count} {word}{'' if count == 1 else 's'}"


def first_line(text: str, most: int = 120) -> str:
    """Return the first line of a text, cut with an ellipsis."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= most else f"{line[: most - 1]}…"
