"""Exceptions raised by amlrest.

AmlrestError
├── ConfigError                     settings are missing or invalid
│   └── NoWorkspaceError            no workspace is configured
├── ValidationError                 an invalid argument; nothing was sent (also a ValueError)
├── AuthenticationError             no token was available, or the service rejected it
├── TransportError                  no usable response was received
│   ├── RequestTimeoutError         the request timed out (also a TimeoutError)
│   ├── UnreadableResponseError     the response is not what the operation returns
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
│   ├── ScoringError                the code of a deployed model failed
│   └── OperationFailedError        a long-running operation failed
│       └── OperationCanceledError  a long-running operation was canceled
├── JobFailedError                  a job failed
│   └── JobCanceledError            a job was canceled
└── UploadError                     files could not be uploaded
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Self


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


class UnreadableResponseError(TransportError):
    """A response is not what the operation returns: a web page, an empty body, broken JSON."""


class RequestTimeoutError(TransportError, TimeoutError):
    """The service did not respond in time."""


class UntrustedUrlError(TransportError):
    """A URL of the service points to an untrusted host; no request was sent there."""


class DeadlineError(AmlrestError, TimeoutError):
    """A wait timed out; the operation or job continues in the service."""


class ErrorDetail(NamedTuple):
    """A more specific error inside another.

    Attributes:
        code: its code, such as `JobNotFound`.
        message: its message, or None.
    """

    code: str
    message: str | None = None


class ServiceError(AmlrestError):
    """The service returned an error.

    Attributes:
        status: HTTP status; 200 for a long-running operation that reports a failure.
        code: error code of the service, such as `ResourceNotFound`, or None.
        message: error message of the service, or None.
        target: target of the error, or None.
        details: nested errors of the response.
        additional_info: additional information of the response.
        inner_errors: the errors inside this one, from the most general to the most specific.
        correlation: ids of the operation and the request in the service's own logs.
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
        inner_error: Any = None,
        correlation: Mapping[str, Any] | None = None,
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
        self.inner_errors = list(find_inner_errors(details, additional_info, inner_error))
        self.correlation = dict(correlation or _information(additional_info, "Correlation") or {})
        self.operation_id = operation_id
        self.request_id = request_id
        self.headers = {name.lower(): value for name, value in (headers or {}).items()}
        super().__init__(status)

    def because(self, message: str) -> Self:
        """Return the same error with another message."""
        other = copy.copy(self)
        other.message = message
        return other

    @property
    def inner_codes(self) -> list[str]:
        """Codes of the inner errors; the service's own `code` is often only `UserError`."""
        return [each.code for each in self.inner_errors]

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
        lines = _detail_lines(self.details)
        shown = "\n".join(lines)
        rest = [each.code for each in self.inner_errors if each.code not in shown]
        lines += [" > ".join(rest)] if rest else []
        inner = "".join(f"\n  - {line}" for line in lines)
        return f"{operation}{summary}{target} [{', '.join(self._ids())}]{inner}"

    def _ids(self) -> Iterator[str]:
        yield f"HTTP {self.status}"
        if self.request_id:
            yield f"client request id {self.request_id}"
        if self.service_request_id:
            yield f"request id {self.service_request_id}"


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


_REFUSALS = range(400, 500)
"""Statuses of a model's server that blame the request."""


class ScoringError(ServiceError):
    """The code of a deployed model failed; the log of the deployment says why.

    Attributes:
        endpoint: name of the endpoint.
        deployment: name of the deployment, or None if the service does not say.
        model_status: HTTP status of the model's server, or None.
        model_reason: what the service says of it, or None.
    """

    endpoint: str | None = None
    deployment: str | None = None
    model_status: int | None = None
    model_reason: str | None = None

    @property
    def summary(self) -> str:
        """What failed, and how."""
        which = f"deployment {self.deployment}" if self.deployment else "a deployment"
        which += f" of endpoint {self.endpoint}"
        status = f" with status {self.model_status}" if self.model_status else ""
        reason = ": ".join(filter(None, (self.code, self.message))) or self.model_reason
        if self.model_status in _REFUSALS:
            return f"{which} refused the request{status}: {reason}"
        return f"the code of {which} failed{status}: {reason}"

    def __str__(self) -> str:
        log = f"online_deployments.logs({self.endpoint!r}, {self.deployment or '…'!r})"
        said = self.summary.removesuffix(".")
        return f"{said}; its log says more: {log} [{', '.join(self._ids())}]"


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
_EXISTS_CODES = ("alreadyexists", "alreadyregistered", "resourceexists", "immutable")


def service_error_type(
    status: int, code: str | None, inner_codes: Sequence[str] = ()
) -> type[ServiceError]:
    """Return the exception class for a status and the codes of an error."""
    kind = _BY_STATUS.get(status, ServerError if status >= 500 else ServiceError)  # noqa: PLR2004
    exists = any(_is_exists_code(each) for each in (code, *inner_codes))
    return ResourceExistsError if exists and kind in (BadRequestError, ConflictError) else kind


def find_inner_errors(
    details: Sequence[Any], additional_info: Sequence[Any], inner_error: Any
) -> Iterator[ErrorDetail]:
    """Yield the errors inside one, each once, from the most general to the most specific.

    Args:
        details: nested errors, which may have details and an inner error too.
        additional_info: information by type; one type is the inner error.
        inner_error: the inner error, which may have one too.
    """
    found = [*_chain(inner_error), *_chain(_information(additional_info, "InnerError"))]
    for detail in details:
        if isinstance(detail, dict):
            found += _chain({**detail, "innerError": None})
            inner = (detail.get("details") or (), detail.get("additionalInfo") or ())
            found += find_inner_errors(*inner, detail.get("innerError"))
    yield from dict.fromkeys(found)


def _chain(error: Any) -> list[ErrorDetail]:
    found: list[ErrorDetail] = []
    while isinstance(error, dict):
        code, message = error.get("code"), error.get("message")
        if isinstance(code, str) and code:
            found.append(ErrorDetail(code, message if isinstance(message, str) else None))
        error = error.get("innerError") or error.get("innererror")
    return found


def _information(additional_info: Sequence[Any], kind: str) -> Any:
    """Return the additional information of a type; the service nests it below ``value``."""
    for item in additional_info:
        if isinstance(item, dict) and item.get("type") == kind:
            info = item.get("info")
            return info.get("value", info) if isinstance(info, dict) else None
    return None


def _is_exists_code(code: str | None) -> bool:
    flat = (code or "").replace(" ", "").replace("_", "").lower()
    return any(word in flat for word in _EXISTS_CODES)


def _detail_lines(details: Sequence[Any]) -> list[str]:
    """Return one line per nested error, without items that are not error objects."""
    found = (detail for detail in details if isinstance(detail, dict))
    lines = (": ".join(str(d[k]) for k in ("code", "message") if d.get(k)) for d in found)
    return [line for line in lines if line]
