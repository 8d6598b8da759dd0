"""Every recorded error becomes the error of its status, with all that the service says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from amlrest._http.messages import Request, Response
from amlrest._http.responses import raise_for_status
from amlrest.errors import (
    BadRequestError,
    ConflictError,
    PermissionDeniedError,
    ResourceExistsError,
    ResourceNotFoundError,
    ServerError,
    ServiceError,
    ThrottledError,
    UnauthorizedError,
)

from tests import official
from tests.recordings.exchanges import Exchange, exchanges

pytestmark = official.recordings_needed

KINDS: dict[int, type[ServiceError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: PermissionDeniedError,
    404: ResourceNotFoundError,
    409: ConflictError,
    429: ThrottledError,
}


def raised(exchange: Exchange) -> ServiceError:
    request = Request(exchange.method, exchange.url, "client-id", {})
    with pytest.raises(ServiceError) as caught:
        raise_for_status(Response(exchange.status, exchange.headers, exchange.content, request))
    return caught.value


def failures() -> list[Exchange]:
    return [each for each in exchanges() if each.status >= 400]


def codes_in(value: Any) -> Iterator[str]:
    """Yield every code below an error object, in its details, information and inner errors."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "code" and isinstance(inner, str):
                yield inner
            else:
                yield from codes_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from codes_in(inner)


def test_they_have_the_class_of_their_status() -> None:
    assert len(failures()) >= 30
    for each in failures():
        error = raised(each)
        expected = ServerError if each.status >= 500 else KINDS.get(each.status, ServiceError)
        names_existing = any("Immutable" in code or "Exists" in code for code in error.inner_codes)
        assert isinstance(error, ResourceExistsError if names_existing else expected), each.source
        assert error.status == each.status


def test_they_have_every_code_and_message() -> None:
    for each in failures():
        error = raised(each)
        body = each.body if isinstance(each.body, dict) else {}
        said = body.get("error") or {}
        assert error.code == said.get("code"), each.source
        assert error.target == said.get("target")
        assert error.details == (said.get("details") or [])
        assert error.additional_info == (said.get("additionalInfo") or [])
        rest = {key: value for key, value in said.items() if key != "code"}
        assert set(error.inner_codes) == set(codes_in(rest)), each.source
        if said:
            assert error.message == said["message"]
            assert said["message"] in str(error)
        for code in error.inner_codes:
            assert code in str(error)


def test_they_have_the_ids_of_the_service() -> None:
    for each in failures():
        error = raised(each)
        assert error.correlation_id == each.headers.get("x-ms-correlation-request-id")
        assert error.request_id == "client-id"
        body = each.body if isinstance(each.body, dict) else {}
        information = (body.get("error") or {}).get("additionalInfo") or []
        beside = [
            each["info"]["value"] for each in information if each.get("type") == "Correlation"
        ]
        expected = body.get("correlation") or (beside[0] if beside else {})
        assert error.correlation == expected


def test_an_empty_404_names_what_is_missing() -> None:
    empty = [each for each in failures() if each.status == 404 and each.body is None]
    assert len(empty) >= 3
    for each in empty:
        kind, name = each.path.split("/")[-2:]
        assert f"{kind}/{name} does not exist" in str(raised(each))


@pytest.mark.parametrize(
    ("kind", "code", "message"),
    [
        ("batchEndpoints", "NoSuchEndpoint", "There is no endpoint with name: "),
        ("models", "ModelNotFound", "Model container with name: "),
    ],
)
def test_the_specific_code_of_what_is_missing(kind: str, code: str, message: str) -> None:
    missing = [
        each for each in failures() if each.status == 404 and each.path.split("/")[-2] == kind
    ]
    assert missing
    for each in missing:
        (inner,) = raised(each).inner_errors
        assert inner.code == code
        assert inner.message is not None
        assert inner.message.startswith(message)


def test_cancel_of_an_ended_job_says_so() -> None:
    refused = [each for each in failures() if each.path.endswith("/cancel") and each.status == 400]
    for each in refused:
        error = raised(each)
        assert error.inner_codes[:2] == ["BadArgument", "ArgumentInvalid"]
        assert "terminal" in str(error)
    assert refused
