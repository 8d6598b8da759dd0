# Generated from facade/amlrest/_async/pages.py by `python codegen.py generate`; edit the async source.
"""Pages: lists that are requested page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._http import responses
from amlrest._http.paging import VisitedPages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from amlrest._http.calls import Call


class Pages:
    """The items of a list; a page is requested when its first item is needed.

    Each iteration requests the list again.

    Args:
        send: sends a call and reads its response.
        call: requests the first page.
    """

    def __init__(self, send: Callable[[Call], Any], call: Call) -> None:
        self._send = send
        self._call = call

    def __iter__(self) -> Iterator[Any]:
        """Yield the items; only one page is in memory at a time."""
        for page in self.by_page():
            for item in page:
                yield item

    def by_page(self) -> Iterator[list[Any]]:
        """Yield a list of items for each page; it may be empty.

        Raises:
            UntrustedUrlError: a nextLink points to another host.
            TransportError: a nextLink was followed before.
        """
        call: Call | None = self._call
        visited = VisitedPages(self._call.request.url)
        while call is not None:
            page = self._send(call)
            yield responses.page_items(call.operation, page)
            link = responses.next_link(call.operation, page)
            url = visited.next_url(link, call.request.request_id)
            call = call.next_page(url) if url else None
