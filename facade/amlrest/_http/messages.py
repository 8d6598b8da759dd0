"""Request and Response: the HTTP messages that all layers exchange."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from amlrest._http.deadline import NO_DEADLINE, Deadline
from amlrest._urls import redact_url
from amlrest.errors import UnreadableResponseError

if TYPE_CHECKING:
    from collections.abc import Mapping

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NO_CONTENT, _NOT_FOUND = 204, 404
_METHOD_PRESERVING = frozenset({307, 308})


class Request(NamedTuple):
    """One logical request, however many attempts it takes.

    Attributes:
        method: the HTTP method.
        url: the absolute URL.
        request_id: sent as `x-ms-client-request-id`.
        headers: in addition to those of every request.
        content: the body.
        authorized: whether the workspace's token is sent with it.
        repeatable: whether it is idempotent, so that it may be retried after a lost response.
        at_most_once: whether it is sent again only if it was certainly not processed.
        patience: seconds that the service may need to respond, if more than an attempt may take.
        deadline: how long to keep retrying, instead of the policy's total; no attempt takes longer.
    """

    method: str
    url: str
    request_id: str
    headers: Mapping[str, str]
    content: bytes | None = None
    authorized: bool = True
    repeatable: bool = False
    at_most_once: bool = False
    patience: float = 0.0
    deadline: Deadline = NO_DEADLINE

    def __repr__(self) -> str:
        """Show method, path and id; query and body may contain secrets."""
        return f"Request({self.method} {redact_url(self.url)}, request_id={self.request_id!r})"


class Response(NamedTuple):
    """One response with its complete body.

    Attributes:
        status: the HTTP status.
        headers: names in lower case.
        content: the body.
        request: the request it belongs to.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes
    request: Request

    def __repr__(self) -> str:
        """Show the status and the request; headers and body may contain secrets."""
        return f"Response({self.status}, {self.request!r})"

    def json(self) -> Any:
        """Return the body as JSON; None when it is empty.

        Raises:
            UnreadableResponseError: it is not JSON, for example the error page of a proxy.
        """
        if not self.content.strip():
            return None
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise UnreadableResponseError(
                f"{self.request.method} {redact_url(self.request.url)} returned HTTP {self.status} with "
                f"a body that is not valid JSON [client request id {self.request.request_id}]",
                request_id=self.request.request_id,
            ) from error


def redirect_target(request: Request, response: Response) -> str | None:
    """Return the URL of a redirect that preserves method and body; None for other responses."""
    if response.status not in REDIRECTS:
        return None
    if response.status not in _METHOD_PRESERVING and request.method not in ("GET", "HEAD"):
        return None
    return response.headers.get("location")


def accept_repeated_delete(response: Response, *, unsure: bool) -> Response:
    """Turn the 404 of a retried DELETE into success if an earlier attempt may have taken effect."""
    if response.request.method == "DELETE" and response.status == _NOT_FOUND and unsure:
        return response._replace(status=_NO_CONTENT, content=b"")
    return response
