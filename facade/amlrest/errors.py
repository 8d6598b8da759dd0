"""Everything amlrest raises on purpose.

AmlrestError
├── ConfigError                     what is needed to start is missing or contradicts itself
│   └── NoWorkspaceError            no workspace is named anywhere
├── ValidationError                 refused before anything was sent (also a ValueError)
├── AuthenticationError             no token could be had, or it was not accepted
├── TransportError                  no usable answer came back
│   ├── RequestTimeoutError         (also a TimeoutError)
│   └── UntrustedUrlError           a link in an answer points to a host that gets no token
├── DeadlineError                   waiting ended before what was waited for (also a TimeoutError)
├── ServiceError                    the service answered with an error
│   ├── BadRequestError             400
│   ├── UnauthorizedError           401 (also an AuthenticationError)
│   ├── PermissionDeniedError       403
│   ├── ResourceNotFoundError       404
│   ├── ConflictError               409
│   │   └── ResourceExistsError     what was to be made is there already
│   ├── ThrottledError              429
│   ├── ServerError                 5xx
│   └── OperationFailedError        a long-running operation ended as Failed
│       └── OperationCanceledError  … or as Canceled
├── JobFailedError                  a job that was waited for ended as Failed
│   └── JobCanceledError            … or as Canceled
└── UploadError                     files did not reach the datastore
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class AmlrestError(Exception):
    """The base of every error of this package."""


class ConfigError(AmlrestError):
    """What is needed to reach a workspace is missing or contradicts itself."""


class NoWorkspaceError(ConfigError):
    """Which workspace is meant is said nowhere, or not whole."""


class ValidationError(AmlrestError, ValueError):
    """An argument was refused before anything was sent."""


class AuthenticationError(AmlrestError):
    """No token could be had, or the service did not accept it."""


class TransportError(AmlrestError):
    """No usable answer came back: connection, protocol or unreadable content.

    Attributes:
        request_id: the `x-ms-client-request-id` sent with every attempt, or None
            when nothing was sent.
    """

    def __init__(self, message: str, *, request_id: str | None = None) -> None:
        super().__init__(message)
        self.request_id = request_id


class RequestTimeoutError(TransportError, TimeoutError):
    """The service did not answer in time."""


class UntrustedUrlError(TransportError):
    """A link in an answer points to a host that is not configured; it was not followed."""


class DeadlineError(AmlrestError, TimeoutError):
    """Waiting ended before what was waited for; nothing was stopped at the service."""


class ServiceError(AmlrestError):
    """The service answered with an error.

    Attributes:
        status: HTTP status; 200 for a long-running operation that reports its failure.
        code: the service's error code, such as `ResourceNotFound`, or None.
        message: the service's own words, or None.
        target: what the error is about, or None.
        details: nested errors as the service sent them.
        additional_info: further facts as the service sent them.
        operation_id: the operation that was called, or None.
        request_id: the `x-ms-client-request-id` we sent.
        service_request_id: the `x-ms-request-id` of the answer, or None.
        correlation_id: the `x-ms-correlation-request-id` of the answer, or None.
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
        """The id the service gave the request."""
        return self.headers.get("x-ms-request-id")

    @property
    def correlation_id(self) -> str | None:
        """The id Azure Resource Manager gave the request."""
        return self.headers.get("x-ms-correlation-request-id")

    def __str__(self) -> str:
        what = f"{self.operation_id}: " if self.operation_id else ""
        said = ": ".join(part for part in (self.code, self.message) if part) or "no error message"
        about = f" (target: {self.target})" if self.target else ""
        ids = [f"HTTP {self.status}"]
        if self.request_id:
            ids.append(f"client request id {self.request_id}")
        if self.service_request_id:
            ids.append(f"request id {self.service_request_id}")
        inner = "".join(f"\n  - {line}" for line in _detail_lines(self.details))
        return f"{what}{said}{about} [{', '.join(ids)}]{inner}"


class BadRequestError(ServiceError):
    """The service refused the request as malformed."""


class UnauthorizedError(ServiceError, AuthenticationError):
    """The service did not accept the token."""


class PermissionDeniedError(ServiceError):
    """The caller is known but may not do this."""


class ResourceNotFoundError(ServiceError):
    """What was asked for is not there."""


class ConflictError(ServiceError):
    """The request contradicts the state of the resource."""


class ResourceExistsError(ConflictError):
    """What was to be made is there already and cannot change."""


class ThrottledError(ServiceError):
    """Too many requests, for longer than the retry policy waits."""


class ServerError(ServiceError):
    """The service failed, for longer than the retry policy waits."""


class OperationFailedError(ServiceError):
    """A long-running operation was accepted and ended as Failed."""


class OperationCanceledError(OperationFailedError):
    """A long-running operation was accepted and ended as Canceled."""


class JobFailedError(AmlrestError):
    """A job that was waited for ended as Failed.

    Attributes:
        job: the job as last read.
        error: the job's own error as the service reports it, or None.
        log_tail: the last lines of its log; empty when there is none.
    """

    def __init__(
        self, message: str, *, job: Any = None, error: Any = None, log_tail: str = ""
    ) -> None:
        super().__init__(message)
        self.job = job
        self.error = error
        self.log_tail = log_tail


class JobCanceledError(JobFailedError):
    """A job that was waited for ended as Canceled."""


class UploadError(AmlrestError):
    """Files did not reach the datastore; nothing was registered."""


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
    """Choose the class for a status and error code."""
    kind = _BY_STATUS.get(status, ServerError if status >= 500 else ServiceError)  # noqa: PLR2004
    if kind in (BadRequestError, ConflictError) and _means_exists(code):
        return ResourceExistsError
    return kind


def _means_exists(code: str | None) -> bool:
    flat = (code or "").replace(" ", "").replace("_", "").lower()
    return any(word in flat for word in _EXISTS_CODES)


def _detail_lines(details: Sequence[Any]) -> list[str]:
    """One line for each nested error; anything that is not an error object is left out."""
    found = (detail for detail in details if isinstance(detail, dict))
    lines = (": ".join(str(d[k]) for k in ("code", "message") if d.get(k)) for d in found)
    return [line for line in lines if line]
