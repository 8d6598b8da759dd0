# Generated from facade/amlrest/_async/listing.py by `python codegen.py generate`; edit the async source.
"""Listing: the resources of a list, read page by page while they are iterated."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from amlrest._runtime import sync as rt
from amlrest.errors import AmlrestError, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from typing import Self

    from amlrest.resources.tables import ResourceList

T = TypeVar("T")


class Listing(Generic[T]):
    """An iterator of resources; a page is requested when its first resource is needed.

    A notebook shows the first 20 resources as a table, which reads no further than that; they
    are iterated all the same. Only the blocking API can read them to be shown: with asyncio, use
    `to_list`.

    Args:
        items: the responses.
        read: makes a resource of a response.
        keep: says which resources are part of the list; all by default.
    """

    def __init__(
        self,
        items: Iterable[Any],
        read: Callable[[Any], T],
        keep: Callable[[T], bool] | None = None,
    ) -> None:
        self._items = _resources(items, read, keep)
        self._read_ahead: deque[T] = deque()
        self._failure: AmlrestError | None = None

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        """Return the next resource."""
        return self._read_ahead.popleft() if self._read_ahead else self._next()

    def to_list(self, limit: int | None = None) -> ResourceList[T]:
        """Read the resources that are left; a notebook shows the list as a table.

        Args:
            limit: at most so many; all when None.
        """
        from amlrest.resources.tables import ResourceList

        found: ResourceList[T] = ResourceList()
        while limit is None or len(found) < limit:
            try:
                found.append(next(self))
            except StopIteration:
                break
        return found

    def close(self) -> None:
        """End the list; nothing more is read."""
        self._read_ahead.clear()
        self._items.close()

    def _repr_html_(self) -> str | None:
        """Return the table that a notebook shows; None where the resources cannot be read now."""
        from amlrest.resources import tables

        if not rt.now(lambda: self._look_ahead(tables.ROWS + 1)):
            return None
        first = [*self._read_ahead]
        return tables.resource_table(first[: tables.ROWS], are_all=len(first) <= tables.ROWS)

    def _look_ahead(self, count: int) -> bool:
        """Read until so many resources are held, or all that are left."""
        while len(self._read_ahead) < count:
            try:
                self._read_ahead.append(self._next())
            except StopIteration:
                break
        return True

    def _next(self) -> T:
        """Read a resource; after a failure raise it again, since nothing can be read any more."""
        if self._failure is not None:
            raise self._failure
        try:
            return next(self._items)
        except AmlrestError as error:
            self._failure = error
            raise
        except rt.INTERRUPTIONS:
            self._failure = TransportError("the list was interrupted; request it again")
            raise

    def __repr__(self) -> str:
        return "<list, read while it is iterated; at once with to_list()>"


def _resources(
    items: Iterable[Any], read: Callable[[Any], T], keep: Callable[[T], bool] | None
) -> Generator[T, None]:
    for item in items:
        resource = read(item)
        if keep is None or keep(resource):
            yield resource
