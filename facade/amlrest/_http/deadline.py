"""Time limits that several steps share."""

import time


class Limit:
    """One time limit for several operations.

    Args:
        seconds: in all; None for each operation's own limit.
    """

    def __init__(self, seconds: float | None) -> None:
        self._ends = None if seconds is None else time.monotonic() + seconds

    def left(self) -> float | None:
        """Seconds that remain; None for no limit."""
        return None if self._ends is None else max(0.0, self._ends - time.monotonic())
