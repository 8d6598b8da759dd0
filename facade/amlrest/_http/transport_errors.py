"""Transport errors: maps every httpx error to an error of this package."""

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
_PERMANENT = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)


class FailedAttemptError(Exception):
    """An attempt that ended without a usable response.

    Attributes:
        error: the error to raise if no attempt succeeds.
        sent: whether the request may have reached the service.
        permanent: whether another attempt would fail the same way.
    """

    def __init__(
        self, error: TransportError, *, sent: bool = True, permanent: bool = False
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.sent = sent
        self.permanent = permanent


def map_error(fault: Exception, request: Request) -> FailedAttemptError:
    """Return the failed attempt for an httpx error."""
    kind = RequestTimeoutError if isinstance(fault, httpx.TimeoutException) else TransportError
    text = str(fault) or type(fault).__name__
    error = kind(
        f"{request.method} {redact_url(request.url)} received no response: {text} "
        f"[client request id {request.request_id}]",
        request_id=request.request_id,
    )
    error.__cause__ = fault
    permanent = isinstance(fault, _PERMANENT) or _is_certificate_error(fault)
    return FailedAttemptError(error, sent=not isinstance(fault, _NOT_SENT), permanent=permanent)


def _is_certificate_error(fault: BaseException | None) -> bool:
    while fault is not None:
        if isinstance(fault, ssl.SSLCertVerificationError):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def redact_signature(record: logging.LogRecord) -> bool:
    """Redact SAS signatures in what httpx logs; a logging filter."""
    if isinstance(record.args, tuple):
        record.args = tuple(_redacted(argument) for argument in record.args)
    return True


def _redacted(argument: object) -> object:
    if isinstance(argument, httpx.URL) and "sig" in argument.params:
        return argument.copy_set_param("sig", "***")
    return argument
