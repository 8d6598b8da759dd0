"""Pages: lists that are requested page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._http import responses
from amlrest._http.paging import VisitedPages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from amlrest._http.calls import Call


class Pages:
    """The items of a list; a page is requested when its first item is needed.

    Each iteration requests the list again.

    Args:
        send: sends a call and reads its response.
        call: requests the first page.
    """

    def __init__(self, send: Callable[[Call], Awaitable[Any]], call: Call) -> None:
        self._send = send
        self._call = call

    async def __aiter__(self) -> AsyncIterator[Any]:
        """Yield the items; only one page is in memory at a time."""
        async for page in self.by_page():
            for item in page:
                yield item

    async def by_page(self) -> AsyncIterator[list[Any]]:
        """Yield a list of items for each page; it may be empty.

        Raises:
            UntrustedUrlError: a nextLink points to another host.
            TransportError: a nextLink was followed before.
        """
        call: Call | None = self._call
        visited = VisitedPages(self._call.request.url)
        while call is not None:
            page = await self._send(call)
            yield responses.page_items(call.operation, page)
            link = responses.next_link(call.operation, page)
            url = visited.next_url(link, call.request.request_id)
            call = call.next_page(url) if url else None
