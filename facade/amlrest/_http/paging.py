"""Which page comes next. Decisions only."""

from __future__ import annotations

from amlrest._urls import join, require_same_origin
from amlrest.errors import TransportError


class VisitedPages:
    """The pages of one listing that were asked for, to notice a list that never ends.

    Keeps a number per page rather than its link, which can be 4 KB long.
    """

    def __init__(self, first_url: str) -> None:
        self._url = first_url
        self._seen = {hash(first_url)}

    def next_url(self, next_link: object, request_id: str) -> str | None:
        """Decide where the next page is.

        Args:
            next_link: what the page says: a URL, or nothing.
            request_id: of the request for that page, for errors.

        Returns:
            The absolute URL of the next page, or None at the end of the list.

        Raises:
            UntrustedUrlError: it is on another host.
            TransportError: it was followed before.
        """
        if not isinstance(next_link, str) or not next_link:
            return None
        url = join(self._url, next_link)
        require_same_origin(url, self._url, "nextLink", request_id)
        if hash(url) in self._seen:
            raise TransportError(
                "the list does not end: its nextLink was followed before "
                f"[client request id {request_id}]",
                request_id=request_id,
            )
        self._seen.add(hash(url))
        self._url = url
        return url
