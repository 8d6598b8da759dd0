"""Request log in memory, to count round trips in tests."""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

_KEPT = 100_000
_MAX_PATH = 2000


@dataclass(slots=True)
class Entry:
    """A logged request.

    Attributes:
        operation: operation id; ``Blob`` for the Blob endpoint; None for other paths.
        status: HTTP status; None before the response starts, or if the connection was reset.
        start: seconds since the server started; ``end`` likewise.
        overlapped: number of requests in flight when this one arrived.
        fault: effect of the applied fault rule, or None.
    """

    number: int
    method: str
    path: str
    operation: str | None
    start: float
    overlapped: int
    status: int | None = None
    end: float | None = None
    fault: str | None = None


@dataclass(slots=True)
class RequestLog:
    """The latest requests, oldest first; safe to use from several threads."""

    _entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=_KEPT))
    _numbers: itertools.count[int] = field(default_factory=itertools.count)
    _active: int = 0
    _zero: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, method: str, path: str, operation: str | None) -> Entry:
        """Add a request that has arrived."""
        with self._lock:
            now = time.monotonic() - self._zero
            shown = path[:_MAX_PATH]
            entry = Entry(next(self._numbers), method, shown, operation, now, self._active)
            self._entries.append(entry)
            self._active += 1
        return entry

    def finish(self, entry: Entry) -> None:
        """Record that a request has ended."""
        with self._lock:
            entry.end = time.monotonic() - self._zero
            self._active -= 1

    def entries(self) -> list[dict[str, Any]]:
        """Return the log as JSON."""
        with self._lock:
            return [asdict(entry) for entry in self._entries]

    def clear(self) -> None:
        """Remove all entries."""
        with self._lock:
            self._entries.clear()
