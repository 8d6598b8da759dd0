"""What a broken exchange means: every error of the HTTP library is mapped here."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from amlrest._http.lean_httpx import httpx
from amlrest._urls import redact_url
from amlrest.errors import RequestTimeoutError, TransportError

if TYPE_CHECKING:
    import logging

    from amlrest._http.messages import Request

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_HOPELESS = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)


class FailedAttemptError(Exception):
    """An attempt without a usable answer.

    Attributes:
        error: what the caller gets to see if no attempt succeeds.
        sent: whether the request may have reached the service.
        permanent: another attempt would end the same way.
    """

    def __init__(
        self, error: TransportError, *, sent: bool = True, permanent: bool = False
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.sent = sent
        self.permanent = permanent


def map_error(fault: Exception, request: Request) -> FailedAttemptError:
    """Say what a fault of the HTTP library means."""
    kind = RequestTimeoutError if isinstance(fault, httpx.TimeoutException) else TransportError
    words = str(fault) or type(fault).__name__
    error = kind(
        f"{request.method} {redact_url(request.url)} got no answer: {words} "
        f"[client request id {request.request_id}]",
        request_id=request.request_id,
    )
    error.__cause__ = fault
    permanent = isinstance(fault, _HOPELESS) or _is_certificate_refusal(fault)
    return FailedAttemptError(error, sent=not isinstance(fault, _NOT_SENT), permanent=permanent)


def _is_certificate_refusal(fault: BaseException | None) -> bool:
    while fault is not None:
        if isinstance(fault, ssl.SSLCertVerificationError):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def redact_signature(record: logging.LogRecord) -> bool:
    """Hide the signature of a storage URL in what httpx logs; a filter for its logger."""
    if isinstance(record.args, tuple):
        record.args = tuple(_masked(argument) for argument in record.args)
    return True


def _masked(argument: object) -> object:
    if isinstance(argument, httpx.URL) and "sig" in argument.params:
        return argument.copy_set_param("sig", "***")
    return argument
