"""A log of the requests in memory, so that round trips can be counted."""

import itertools
import threading
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

_KEPT = 100_000


@dataclass(slots=True)
class Entry:
    """One request.

    Attributes:
        operation: operation id; ``Blob`` for the Blob endpoint; None for anything else.
        status: of the answer; None while there is none, or when the connection was cut.
        start: seconds since the server started; likewise ``end``.
        overlapped: other requests under way when this one came.
        fault: effect of the fault rule that struck, or None.
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
class Traffic:
    """The last requests, oldest first."""

    _entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=_KEPT))
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _under_way: int = 0
    _zero: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, method: str, path: str, operation: str | None) -> Entry:
        """Note a request that has come."""
        with self._lock:
            now = time.monotonic() - self._zero
            entry = Entry(next(self._numbers), method, path, operation, now, self._under_way)
            self._entries.append(entry)
            self._under_way += 1
        return entry

    def end(self, entry: Entry) -> None:
        """Note that a request is over."""
        with self._lock:
            entry.end = time.monotonic() - self._zero
            self._under_way -= 1

    def entries(self) -> list[dict[str, Any]]:
        """Return the log as JSON."""
        with self._lock:
            return [asdict(entry) for entry in self._entries]

    def clear(self) -> None:
        """Forget all requests so far."""
        with self._lock:
            self._entries.clear()
