"""Exceptions raised by amlrest.

AmlrestError
├── ConfigError                     settings are missing or invalid
│   └── NoWorkspaceError            no workspace is configured
├── ValidationError                 an invalid argument; nothing was sent (also a ValueError)
├── AuthenticationError             no token was available, or the service rejected it
├── TransportError                  no usable response was received
│   ├── RequestTimeoutError         the request timed out (also a TimeoutError)
│   └── UntrustedUrlError           a URL is not trusted to receive a token
├── DeadlineError                   a wait timed out (also a TimeoutError)
├── ServiceError                    the service returned an error
│   ├── BadRequestError             400
│   ├── UnauthorizedError           401 (also an AuthenticationError)
│   ├── PermissionDeniedError       403
│   ├── ResourceNotFoundError       404
│   ├── ConflictError               409
│   │   └── ResourceExistsError     the resource already exists
│   ├── ThrottledError              429
│   ├── ServerError                 5xx
│   └── OperationFailedError        a long-running operation failed
│       └── OperationCanceledError  a long-running operation was canceled
├── JobFailedError                  a job failed
│   └── JobCanceledError            a job was canceled
└── UploadError                     files could not be uploaded
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class AmlrestError(Exception):
    """Base class of all errors of this package."""


class ConfigError(AmlrestError):
    """Settings of the workspace or the client are missing or invalid."""


class NoWorkspaceError(ConfigError):
    """No workspace is configured, or only a part of its settings."""


class ValidationError(AmlrestError, ValueError):
    """An argument is invalid; no request was sent."""


class AuthenticationError(AmlrestError):
    """No token was available, or the service rejected it."""


class TransportError(AmlrestError):
    """No usable response was received: a connection or protocol error, or malformed content.

    Attributes:
        request_id: the `x-ms-client-request-id` of every attempt; None if nothing was sent.
    """

    def __init__(self, message: str, *, request_id: str | None = None) -> None:
        super().__init__(message)
        self.request_id = request_id


class RequestTimeoutError(TransportError, TimeoutError):
    """The service did not respond in time."""


class UntrustedUrlError(TransportError):
    """A URL of the service points to an untrusted host; no request was sent there."""


class DeadlineError(AmlrestError, TimeoutError):
    """A wait timed out; the operation or job continues in the service."""


class ServiceError(AmlrestError):
    """The service returned an error.

    Attributes:
        status: HTTP status; 200 for a long-running operation that reports a failure.
        code: error code of the service, such as `ResourceNotFound`, or None.
        message: error message of the service, or None.
        target: target of the error, or None.
        details: nested errors of the response.
        additional_info: additional information of the response.
        operation_id: id of the operation that was called, or None.
        request_id: the `x-ms-client-request-id` of the request, or None.
        service_request_id: the `x-ms-request-id` of the response, or None.
        correlation_id: the `x-ms-correlation-request-id` of the response, or None.
        headers: response headers, names in lower case.
    """

    def __init__(
        self,
        status: int,
        *,
        code: str | None = None,
        message: str | None = None,
        target: str | None = None,
        details: Sequence[Any] = (),
        additional_info: Sequence[Any] = (),
        operation_id: str | None = None,
        request_id: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.target = target
        self.details = list(details)
        self.additional_info = list(additional_info)
        self.operation_id = operation_id
        self.request_id = request_id
        self.headers = {name.lower(): value for name, value in (headers or {}).items()}
        super().__init__(status)

    @property
    def service_request_id(self) -> str | None:
        """Request id of the service."""
        return self.headers.get("x-ms-request-id")

    @property
    def correlation_id(self) -> str | None:
        """Correlation id of Azure Resource Manager."""
        return self.headers.get("x-ms-correlation-request-id")

    def __str__(self) -> str:
        operation = f"{self.operation_id}: " if self.operation_id else ""
        summary = (
            ": ".join(part for part in (self.code, self.message) if part) or "no error message"
        )
        target = f" (target: {self.target})" if self.target else ""
        ids = [f"HTTP {self.status}"]
        if self.request_id:
            ids.append(f"client request id {self.request_id}")
        if self.service_request_id:
            ids.append(f"request id {self.service_request_id}")
        inner = "".join(f"\n  - {line}" for line in _detail_lines(self.details))
        return f"{operation}{summary}{target} [{', '.join(ids)}]{inner}"


class BadRequestError(ServiceError):
    """The service rejected the request as invalid (HTTP 400)."""


class UnauthorizedError(ServiceError, AuthenticationError):
    """The service rejected the token (HTTP 401)."""


class PermissionDeniedError(ServiceError):
    """The caller has no permission for the operation (HTTP 403)."""


class ResourceNotFoundError(ServiceError):
    """The resource does not exist (HTTP 404)."""


class ConflictError(ServiceError):
    """The request conflicts with the state of the resource (HTTP 409)."""


class ResourceExistsError(ConflictError):
    """The resource already exists and cannot be changed."""


class ThrottledError(ServiceError):
    """The service throttled the requests until the retry policy gave up (HTTP 429)."""


class ServerError(ServiceError):
    """The service failed until the retry policy gave up (HTTP 5xx)."""


class OperationFailedError(ServiceError):
    """A long-running operation was accepted and has failed."""


class OperationCanceledError(OperationFailedError):
    """A long-running operation was accepted and then canceled."""


class JobFailedError(AmlrestError):
    """A job that was waited for has failed.

    Attributes:
        job: the job as last read.
        error: the error of the job as the service reports it, or None.
        log_tail: the last lines of its log; empty without a log.
    """

    def __init__(
        self, message: str, *, job: Any = None, error: Any = None, log_tail: str = ""
    ) -> None:
        super().__init__(message)
        self.job = job
        self.error = error
        self.log_tail = log_tail


class JobCanceledError(JobFailedError):
    """A job that was waited for was canceled."""


class UploadError(AmlrestError):
    """Files could not be uploaded to a datastore; no asset was registered."""


_BY_STATUS: dict[int, type[ServiceError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: PermissionDeniedError,
    404: ResourceNotFoundError,
    409: ConflictError,
    429: ThrottledError,
}
_EXISTS_CODES = ("alreadyexists", "alreadyregistered", "resourceexists")


def service_error_type(status: int, code: str | None) -> type[ServiceError]:
    """Return the exception class for a status and error code."""
    kind = _BY_STATUS.get(status, ServerError if status >= 500 else ServiceError)  # noqa: PLR2004
    if kind in (BadRequestError, ConflictError) and _is_exists_code(code):
        return ResourceExistsError
    return kind


def _is_exists_code(code: str | None) -> bool:
    flat = (code or "").replace(" ", "").replace("_", "").lower()
    return any(word in flat for word in _EXISTS_CODES)


def _detail_lines(details: Sequence[Any]) -> list[str]:
    """Return one line per nested error, without items that are not error objects."""
    found = (detail for detail in details if isinstance(detail, dict))
    lines = (": ".join(str(d[k]) for k in ("code", "message") if d.get(k)) for d in found)
    return [line for line in lines if line]
