# Generated from facade/amlrest/_async/single_flight.py by `python codegen.py generate`; edit the async source.
"""Single flight: a value that is fetched once and shared by concurrent callers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from amlrest._runtime import sync as rt

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Calls its function at most once, however many callers wait for the value.

    Args:
        fetch: returns the value.
    """

    def __init__(self, fetch: Callable[[], T]) -> None:
        self._fetch = fetch
        self._lock = rt.Lock()
        self._value: list[T] = []

    def get(self) -> T:
        """Return the value; a failure is not kept, the next caller tries again."""
        with self._lock:
            if not self._value:
                self._value.append(self._fetch())
            return self._value[0]
