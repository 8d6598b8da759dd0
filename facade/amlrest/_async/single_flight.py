"""Single flight: a value that is fetched once and shared by concurrent callers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from amlrest._runtime import aio as rt

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Calls its function at most once, however many callers wait for the value.

    Args:
        fetch: returns the value.
    """

    def __init__(self, fetch: Callable[[], Awaitable[T]]) -> None:
        self._fetch = fetch
        self._lock = rt.Lock()
        self._value: list[T] = []

    async def get(self) -> T:
        """Return the value; a failure is not kept, the next caller tries again."""
        async with self._lock:
            if not self._value:
                self._value.append(await self._fetch())
            return self._value[0]
