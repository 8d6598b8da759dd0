"""What one request and one answer are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from amlrest._http.deadline import NO_DEADLINE, Deadline
from amlrest._urls import redact_url
from amlrest.errors import TransportError

if TYPE_CHECKING:
    from collections.abc import Mapping

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NO_CONTENT, _NOT_FOUND = 204, 404
_KEEPS_METHOD = frozenset({307, 308})


class Request(NamedTuple):
    """One logical request, however often it is sent.

    Attributes:
        method: the HTTP method.
        url: absolute.
        request_id: sent as `x-ms-client-request-id`.
        headers: beyond the ones every request has.
        content: the body.
        authorized: whether the workspace's token goes with it.
        repeatable: sending twice has the effect of sending once.
        deadline: how long to keep retrying, instead of the policy's total; no attempt takes longer.
    """

    method: str
    url: str
    request_id: str
    headers: Mapping[str, str]
    content: bytes | None = None
    authorized: bool = True
    repeatable: bool = False
    deadline: Deadline = NO_DEADLINE

    def __repr__(self) -> str:
        """Say what is asked for; query and body may hold secrets."""
        return f"Request({self.method} {redact_url(self.url)}, request_id={self.request_id!r})"


class Response(NamedTuple):
    """One answer, read to its end.

    Attributes:
        status: the HTTP status.
        headers: names in lower case.
        content: the body.
        request: what was asked.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes
    request: Request

    def __repr__(self) -> str:
        """Say what was answered; headers and body may hold secrets."""
        return f"Response({self.status}, {self.request!r})"

    def json(self) -> Any:
        """The body as JSON; None when it is empty.

        Raises:
            TransportError: it is something else, such as the page of a proxy.
        """
        if not self.content.strip():
            return None
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise TransportError(
                f"{self.request.method} {redact_url(self.request.url)} answered HTTP {self.status} with "
                f"something that is not JSON [client request id {self.request.request_id}]",
                request_id=self.request.request_id,
            ) from error


def redirect_target(request: Request, answer: Response) -> str | None:
    """Where a redirect leads, if it keeps method and body; None for any other answer."""
    if answer.status not in REDIRECTS:
        return None
    if answer.status not in _KEEPS_METHOD and request.method not in ("GET", "HEAD"):
        return None
    return answer.headers.get("location")


def accept_repeated_delete(answer: Response, *, unsure: bool) -> Response:
    """Take a DELETE that finds nothing as done, where an earlier attempt may have worked."""
    if answer.request.method == "DELETE" and answer.status == _NOT_FOUND and unsure:
        return answer._replace(status=_NO_CONTENT, content=b"")
    return answer
