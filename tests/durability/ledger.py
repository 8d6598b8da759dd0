"""What a client was told by a server that may die: acknowledged values, and those in doubt."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

Value = str | bytes | None
"""Content of an item; None for one that does not exist."""


@dataclass(slots=True)
class Item:
    """One resource or blob.

    Attributes:
        acknowledged: value of the last change that the server acknowledged.
        doubtful: values of later changes without an answer.
    """

    acknowledged: Value = None
    doubtful: list[Value] = field(default_factory=list)


@dataclass(slots=True)
class Ledger:
    """All items by name; safe to use from several threads.

    Attributes:
        changed: names of the items that changed since ``settle`` saw them.
        acknowledged: number of acknowledged changes.
        in_doubt: number of changes without an answer.
    """

    items: dict[str, Item] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    acknowledged: int = 0
    in_doubt: int = 0
    _lock: threading.Condition = field(default_factory=threading.Condition)

    def change(self, name: str, value: Value, send: Callable[[], bool]) -> bool:
        """Send a change; return whether it was acknowledged.

        Args:
            name: item.
            value: its new value.
            send: sends the change and returns whether the server acknowledged it.
        """
        with self._lock:
            item = self.items.setdefault(name, Item())
            item.doubtful.append(value)
            self.changed.add(name)
        known = send()
        with self._lock:
            if known:
                item.acknowledged, item.doubtful = value, []
            self.acknowledged += known
            self.in_doubt += not known
            self._lock.notify_all()
        return known

    def wait_for(self, changes: int, seconds: float = 5) -> None:
        """Wait until more changes have been acknowledged, or one is in doubt."""
        with self._lock:
            enough, in_doubt = self.acknowledged + changes, self.in_doubt
            self._lock.wait_for(
                lambda: self.acknowledged >= enough or self.in_doubt > in_doubt, seconds
            )

    def settle(self, name: str, found: Value) -> str:
        """Compare an item with the server's; return the loss, or "" if there is none."""
        item = self.items[name]
        allowed = [item.acknowledged, *item.doubtful]
        if found not in allowed:
            return f"{name}: {_short(found)} instead of {' or '.join(map(_short, allowed))}"
        item.acknowledged, item.doubtful = found, []
        self.changed.discard(name)
        return ""


def _short(value: Value) -> str:
    return "nothing" if value is None else f"{value[:40]!r} ({len(value)})"
