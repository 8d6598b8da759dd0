"""Deadlines: one time limit that several steps share."""

from __future__ import annotations

import time


class Deadline:
    """A point in time, on a clock that only goes forward.

    Args:
        seconds: from now; None for no deadline.
    """

    def __init__(self, seconds: float | None) -> None:
        self._at = None if seconds is None else time.monotonic() + seconds

    def remaining(self) -> float | None:
        """Return the seconds that remain, never negative; None without a deadline."""
        return None if self._at is None else max(0.0, self._at - time.monotonic())

    @property
    def expired(self) -> bool:
        """Whether no time remains."""
        return self.remaining() == 0

    def limit(self, seconds: float) -> float:
        """Return at most as many seconds as remain."""
        remaining = self.remaining()
        return seconds if remaining is None else min(seconds, remaining)

    def extended(self, seconds: float) -> Deadline:
        """Return this deadline, or one in that many seconds if that is later."""
        remaining = self.remaining()
        return self if remaining is None or remaining >= seconds else Deadline(seconds)


NO_DEADLINE = Deadline(None)
