"""Paging: follow nextLink and detect lists that never end. No I/O."""

from __future__ import annotations

from amlrest._urls import join, require_same_origin
from amlrest.errors import TransportError


class VisitedPages:
    """The pages of one list that were requested, to detect a loop.

    Keeps a hash per page instead of its link, which can be 4 KB long.
    """

    def __init__(self, first_url: str) -> None:
        self._url = first_url
        self._seen = {hash(first_url)}

    def next_url(self, next_link: object, request_id: str) -> str | None:
        """Return the URL of the next page.

        Args:
            next_link: the nextLink of the current page, if any.
            request_id: id of the request for that page, for error messages.

        Returns:
            The absolute URL, or None at the end of the list.

        Raises:
            UntrustedUrlError: the link points to another origin.
            TransportError: the link was followed before.
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
