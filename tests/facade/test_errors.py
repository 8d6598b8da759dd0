"""The error tree: as drawn, and complete for all underlying errors."""

import inspect
import pickle
import re

import httpx
import pytest
from amlrest import errors
from amlrest._http import transport_errors
from amlrest._http.messages import Request
from amlrest.errors import (
    AmlrestError,
    RequestTimeoutError,
    ServiceError,
    TransportError,
    service_error_type,
)

REQUEST = Request("PUT", "https://host/jobs/1?sig=secret", "id-1", {}, repeatable=True)
HTTPX = [
    value
    for value in vars(httpx).values()
    if inspect.isclass(value) and issubclass(value, httpx.HTTPError | httpx.StreamError)
]


def drawn() -> list[tuple[str, str]]:
    """(class, base) as the drawing at the top of the module has them."""
    found, path = [], ["AmlrestError"]
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"^([│ ]*)[├└]── (\w+)", line)
        if match:
            depth = len(match.group(1)) // 4 + 1
            path[depth:] = [match.group(2)]
            found.append((match.group(2), path[depth - 1]))
    return found


def test_the_tree_is_as_drawn_and_complete() -> None:
    assert drawn()
    for name, base in drawn():
        assert issubclass(getattr(errors, name), getattr(errors, base)), name
        assert getattr(errors, name).__bases__[0].__name__ == base
    defined = {name for name, value in vars(errors).items() if inspect.isclass(value)}
    assert {name for name, _ in drawn()} == {n for n in defined if n.endswith("Error")} - {
        "AmlrestError"
    }


def make(kind: type[Exception]) -> Exception:
    """Build any error of httpx, whatever its arguments are."""
    parameters = inspect.signature(kind).parameters
    known = {
        "message": "words",
        "request": httpx.Request("GET", "https://host"),
        "response": httpx.Response(200),
    }
    if not {"message", "request", "response"} & parameters.keys():
        return kind()
    return kind(**{n: known[n] for n in parameters if n in known})


@pytest.mark.parametrize("kind", [*HTTPX, httpx.InvalidURL], ids=lambda kind: kind.__name__)
def test_every_error_of_httpx_becomes_one_of_ours(kind: type[Exception]) -> None:
    fault = kind("words") if kind is httpx.InvalidURL else make(kind)
    failed = transport_errors.map_error(fault, REQUEST)
    assert isinstance(failed.error, TransportError)
    assert isinstance(failed.error, RequestTimeoutError) == issubclass(kind, httpx.TimeoutException)
    assert failed.error.__cause__ is fault
    assert failed.error.request_id == "id-1"
    assert "id-1" in str(failed.error)
    assert "PUT https://host/jobs/1" in str(failed.error)
    assert "secret" not in str(failed.error)


@pytest.mark.parametrize(
    ("kind", "sent", "permanent"),
    [
        (httpx.ConnectError, False, False),
        (httpx.ConnectTimeout, False, False),
        (httpx.PoolTimeout, False, False),
        (httpx.ReadTimeout, True, False),
        (httpx.WriteError, True, False),
        (httpx.RemoteProtocolError, True, False),
        (httpx.DecodingError, True, False),
        (httpx.UnsupportedProtocol, True, True),
    ],
)
def test_what_may_have_arrived_is_told_from_what_cannot_have(
    kind: type[httpx.HTTPError], sent: bool, permanent: bool
) -> None:
    failed = transport_errors.map_error(make(kind), REQUEST)
    assert (failed.sent, failed.permanent) == (sent, permanent)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "UserError", errors.BadRequestError),
        (400, "ResourceAlreadyExists", errors.ResourceExistsError),
        (401, None, errors.UnauthorizedError),
        (403, "AuthorizationFailed", errors.PermissionDeniedError),
        (404, "ResourceNotFound", errors.ResourceNotFoundError),
        (409, "Conflict", errors.ConflictError),
        (409, "AlreadyExists", errors.ResourceExistsError),
        (418, "Teapot", errors.ServiceError),
        (429, "TooManyRequests", errors.ThrottledError),
        (500, None, errors.ServerError),
        (503, "ServiceUnavailable", errors.ServerError),
    ],
)
def test_a_status_has_its_class(status: int, code: str | None, kind: type[ServiceError]) -> None:
    assert service_error_type(status, code) is kind


def test_the_message_says_what_happened_and_names_every_id() -> None:
    error = errors.BadRequestError(
        400,
        code="ValidationError",
        message="The value is wrong.",
        target="properties.timeout",
        details=[{"code": "Inner", "message": "too short"}, "odd", {}],
        operation_id="Jobs_CreateOrUpdate",
        request_id="ours",
        headers={"X-Ms-Request-Id": "theirs", "x-ms-correlation-request-id": "arm"},
    )
    assert str(error) == (
        "Jobs_CreateOrUpdate: ValidationError: The value is wrong. (target: properties.timeout) "
        "[HTTP 400, client request id ours, request id theirs]\n  - Inner: too short"
    )
    assert (error.service_request_id, error.correlation_id) == ("theirs", "arm")
    assert error.details == [{"code": "Inner", "message": "too short"}, "odd", {}]


def test_python_s_own_classes_catch_what_they_should() -> None:
    assert issubclass(errors.ValidationError, ValueError)
    assert issubclass(errors.DeadlineError, TimeoutError)
    assert issubclass(errors.RequestTimeoutError, TimeoutError)
    assert issubclass(errors.UnauthorizedError, errors.AuthenticationError)


def test_errors_cross_process_boundaries() -> None:
    for error in (
        errors.ServiceError(404, code="X", message="m", request_id="r", headers={"A": "b"}),
        errors.ThrottledError(429),
        errors.TransportError("failed", request_id="r"),
        errors.JobFailedError("failed", log_tail="the end"),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert vars(again) == vars(error)


def test_every_error_is_documented() -> None:
    kinds = [v for v in vars(errors).values() if inspect.isclass(v) and issubclass(v, AmlrestError)]
    assert all(kind.__doc__ for kind in kinds)
