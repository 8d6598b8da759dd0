"""Scoring requests: data, credentials, repetition and errors, at a service that answers as Azure documents."""

import json
import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from amlrest import EndpointKeys, ScoringResponse, StaticToken
from amlrest._http.messages import Request
from amlrest._sync.core import Core
from amlrest._sync.data_plane import DataPlane
from amlrest.errors import (
    AuthenticationError,
    ConfigError,
    ResourceNotFoundError,
    ScoringError,
    ServerError,
    ServiceError,
    ThrottledError,
    TransportError,
    UnauthorizedError,
    UntrustedUrlError,
    ValidationError,
)
from hypothesis import given
from hypothesis import strategies as st

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS, settings
from tests.facade.scoring_service import NAME, ScoringService
from tests.facade.scripted_server import ReceivedRequest, Reply, Server

ROWS = {"input_data": [[5.1, 3.5, 1.4, 0.2]]}


@pytest.fixture
def service(server: Server) -> ScoringService:
    return ScoringService(server)


@pytest.fixture(params=APIS)
def endpoints(
    request: pytest.FixtureRequest, server: Server, service: ScoringService
) -> Iterator[Any]:
    with open_workspace(request.param, server_at(server.url)) as workspace:
        yield workspace.online_endpoints


def test_the_answer_is_json_and_says_who_gave_it(endpoints: Any, service: ScoringService) -> None:
    headers = {"azureml-model-deployment": "blue", "x-ms-request-id": "r-1"}
    service.score = lambda request: Reply(body={"got": request.json}, headers=headers)
    found = endpoints.invoke(NAME, ROWS, deployment="blue", headers={"X-Mine": "1"})
    assert isinstance(found, ScoringResponse)
    assert found.value == {"got": ROWS}
    assert (found.status, found.deployment, found.request_id) == (200, "blue", "r-1")
    assert json.loads(found.content) == found.value
    (sent,) = service.scored
    assert sent.headers["content-type"] == "application/json"
    assert sent.headers["azureml-model-deployment"] == "blue"
    assert sent.headers["x-mine"] == "1"


def test_address_and_key_are_read_once(endpoints: Any, service: ScoringService) -> None:
    for _ in range(3):
        endpoints.invoke(NAME, ROWS)
    assert service.managed == [NAME, "listKeys"]
    assert "azureml-model-deployment" not in service.scored[0].headers


def test_a_regenerated_key_is_read_once_more(endpoints: Any, service: ScoringService) -> None:
    endpoints.invoke(NAME, ROWS)
    service.credential = "key-2"
    assert endpoints.invoke(NAME, ROWS).value == ROWS
    assert [each.headers["authorization"] for each in service.scored] == [
        "Bearer key-1",
        "Bearer key-1",
        "Bearer key-2",
    ]


def test_a_key_that_was_replaced_again_meanwhile_is_read_again(
    server: Server, service: ScoringService, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = ["key-1", "key-2", "key-3"]
    service.credential = "key-3"
    with open_workspace("sync", server_at(server.url)) as workspace:
        endpoints = workspace.online_endpoints
        monkeypatch.setattr(endpoints, "keys", lambda _: EndpointKeys(known.pop(0)))
        assert endpoints.invoke(NAME, ROWS).value == ROWS
    sent = [each.headers["authorization"] for each in service.scored]
    assert sent == ["Bearer key-1", "Bearer key-2", "Bearer key-3"]


def test_an_endpoint_that_moved_is_found_again(endpoints: Any, service: ScoringService) -> None:
    endpoints.invoke(NAME, ROWS)
    service.address = "/elsewhere"
    assert endpoints.invoke(NAME, ROWS).value == ROWS
    assert [each.path for each in service.scored] == ["/score", "/score", "/elsewhere"]


def test_a_key_that_is_never_accepted_is_sent_once(endpoints: Any, service: ScoringService) -> None:
    service.score = lambda _: Reply(401, {"error": {"code": "key_auth_access_denied"}})
    with pytest.raises(UnauthorizedError, match="key_auth_access_denied"):
        endpoints.invoke(NAME, ROWS)
    assert len(service.scored) == 1
    assert service.managed == [NAME, "listKeys"] * 2


def test_a_token_of_the_endpoint_is_renewed_in_time(
    endpoints: Any, service: ScoringService
) -> None:
    service.mode, now = "AMLToken", int(time.time())
    service.expiry = {"expiryTimeUtc": now + 3600, "refreshAfterTimeUtc": now + 1800}
    for _ in range(2):
        endpoints.invoke(NAME, ROWS)
    assert service.managed == [NAME, "token"]


@pytest.mark.parametrize("expiry", [{"expiryTimeUtc": 1}, {"refreshAfterTimeUtc": 1}])
def test_an_expired_token_is_not_sent(
    endpoints: Any, service: ScoringService, expiry: dict[str, int]
) -> None:
    service.mode, service.expiry = "AMLToken", expiry
    endpoints.invoke(NAME, ROWS)
    service.credential = "key-2"
    endpoints.invoke(NAME, ROWS)
    assert [each.headers["authorization"] for each in service.scored] == [
        "Bearer key-1",
        "Bearer key-2",
    ]


def test_an_entra_token_is_that_of_the_data_plane(endpoints: Any, service: ScoringService) -> None:
    service.mode, service.credential = "AADToken", "t"
    endpoints.invoke(NAME, ROWS)
    endpoints.invoke(NAME, ROWS)
    assert service.managed == [NAME]


@pytest.mark.parametrize(
    ("reply", "times"),
    [
        (Reply(429, headers={"retry-after": "0"}), 2),
        (Reply(503, headers={"retry-after-ms": "1"}), 2),
        (Reply(429), 2),
        (Reply(503), 1),
        (Reply(500), 1),
        (Reply(504), 1),
        (Reply(424, headers={"retry-after": "0"}), 1),
        (Reply(408, headers={"retry-after": "0"}), 1),
        (Reply(reset=True), 1),
        (Reply(body={"a": 1}, truncate=True), 1),
    ],
)
def test_what_may_have_been_scored_is_not_scored_twice(
    endpoints: Any, service: ScoringService, reply: Reply, times: int
) -> None:
    replies = [reply, Reply(body=1)]
    service.score = lambda _: replies.pop(0)
    if times == 1:
        with pytest.raises((ServiceError, TransportError)):
            endpoints.invoke(NAME, ROWS)
    else:
        assert endpoints.invoke(NAME, ROWS).value == 1
    assert len(service.scored) == times


MODEL_ERROR = {
    "ms-azureml-model-error-statuscode": "500",
    "ms-azureml-model-error-reason": "model_error",
    "azureml-model-deployment": "green",
}


@pytest.mark.parametrize(
    "reply",
    [
        Reply(424, {"message": "see the logs."}, MODEL_ERROR),
        Reply(500, {"message": "see the logs."}, {"x-ms-run-function-failed": "True"}),
    ],
)
def test_a_model_that_raises_is_named(
    endpoints: Any, service: ScoringService, reply: Reply
) -> None:
    service.score = lambda _: reply._replace(headers=reply.headers | {"x-ms-request-id": "r-9"})
    with pytest.raises(ScoringError, match="see the logs; its log says more") as raised:
        endpoints.invoke(NAME, ROWS, deployment="green")
    error = raised.value
    assert (error.endpoint, error.deployment, error.status) == (NAME, "green", reply.status)
    assert error.model_status == (500 if reply.status == 424 else None)
    for part in ("r-9", "logs('iris', 'green')", str(error.request_id)):
        assert part in str(error)


def test_a_model_that_refuses_the_input_did_not_fail(
    endpoints: Any, service: ScoringService
) -> None:
    headers = MODEL_ERROR | {"ms-azureml-model-error-statuscode": "400"}
    service.score = lambda _: Reply(424, {"message": "4 columns expected"}, headers)
    with pytest.raises(ScoringError, match=r"green of endpoint iris refused .* 400: 4 columns"):
        endpoints.invoke(NAME, ROWS)
    service.score = lambda _: Reply(424, b"", headers)
    with pytest.raises(ScoringError, match="with status 400: Failed Dependency"):
        endpoints.invoke(NAME, ROWS)


def test_too_many_requests_are_not_an_error_of_the_model(
    endpoints: Any, service: ScoringService
) -> None:
    reason = {"ms-azureml-model-error-reason": "too_many_pending_request"}
    service.score = lambda _: Reply(429, b"too many requests", reason)
    with pytest.raises(ThrottledError, match="too many requests"):
        endpoints.invoke(NAME, ROWS)
    service.score = lambda _: Reply(500, b"<html>oh  no</html>")
    with pytest.raises(ServerError, match="<html>oh no</html>"):
        endpoints.invoke(NAME, ROWS)


def test_what_does_not_exist_is_named(endpoints: Any, service: ScoringService) -> None:
    with pytest.raises(
        ResourceNotFoundError, match=r"no deployment 'gren'; did you mean 'green'\?"
    ) as raised:
        endpoints.invoke(NAME, ROWS, deployment="gren")
    assert raised.value.service_request_id == "r-404"
    with pytest.raises(
        ResourceNotFoundError, match=r"endpoint 'irish' does not exist; did you mean 'iris'\?"
    ):
        endpoints.invoke("irish", ROWS)
    with pytest.raises(ResourceNotFoundError, match="those that exist: iris"):
        endpoints.invoke("other", ROWS)
    service.score = lambda _: Reply(404, b"No valid deployments to route to.")
    with pytest.raises(ResourceNotFoundError, match="No valid deployments to route to"):
        endpoints.invoke(NAME, ROWS)
    service.traffic = {"blue": 0}
    with pytest.raises(ResourceNotFoundError, match="iris sends its traffic to no deployment"):
        endpoints.invoke(NAME, ROWS)


def test_an_endpoint_without_address_says_what_to_do(
    endpoints: Any, service: ScoringService
) -> None:
    service.url = service.address = ""
    with pytest.raises(ConfigError, match="iris has no address yet; create a deployment"):
        endpoints.invoke(NAME, ROWS)


@pytest.mark.parametrize("mode", ["Key", "AMLToken", "AADToken"])
def test_no_credential_leaves_in_the_clear(
    endpoints: Any, service: ScoringService, mode: str
) -> None:
    service.mode, service.url = mode, "http://iris.example.com"
    with pytest.raises(UntrustedUrlError):
        endpoints.invoke(NAME, ROWS)
    assert service.managed == [NAME]  # nor is one asked for


def test_a_token_for_all_endpoints_stays_in_azure_ml(
    endpoints: Any, service: ScoringService
) -> None:
    service.mode, service.url = "AADToken", "https://iris.inference.ml.azure.com.evil.example"
    with pytest.raises(UntrustedUrlError, match="no token was sent"):
        endpoints.invoke(NAME, ROWS)


@pytest.mark.parametrize("key", ["", "two\nlines", "ключ"])
def test_a_key_that_no_header_can_carry(endpoints: Any, service: ScoringService, key: str) -> None:
    service.credential = key
    with pytest.raises(AuthenticationError, match="no usable key") as raised:
        endpoints.invoke(NAME, ROWS)
    assert not key or key not in str(raised.value)


def test_keys_are_in_no_log(
    endpoints: Any, service: ScoringService, caplog: pytest.LogCaptureFixture
) -> None:
    service.credential = "very-secret"
    with caplog.at_level(logging.DEBUG):
        endpoints.invoke(NAME, ROWS)
        service.score = lambda _: Reply(424, b"oops")
        with pytest.raises(ScoringError) as raised:
            endpoints.invoke(NAME, ROWS)
    assert caplog.records
    assert "very-secret" not in caplog.text + str(raised.value) + repr(raised.value)


@pytest.mark.parametrize(
    ("content_type", "body", "value"),
    [
        ("application/json", b'["a"]', ["a"]),
        ("application/problem+json; charset=utf-8", b'"x"', "x"),
        ("", b"[1]", [1]),
        ("application/json", b"", None),
        ("application/json", b"setosa", "setosa"),
        ("text/html; charset=latin-1", b"\xe4", "ä"),
        ("text/plain; charset=none-such", b"a", b"a"),
        ("text/plain", b"\xff", b"\xff"),
        ("text/plain", b"[1]", "[1]"),
        ("image/png", b"\x89PNG", b"\x89PNG"),
    ],
)
def test_what_is_not_json_is_text_or_bytes(
    endpoints: Any, service: ScoringService, content_type: str, body: bytes, value: Any
) -> None:
    service.score = lambda _: Reply(body=body, headers={"content-type": content_type})
    found = endpoints.invoke(NAME, b"\x00\x01", content_type="application/octet-stream")
    assert (found.value, found.content) == (value, body)
    assert (service.scored[0].body, service.scored[0].headers["content-type"]) == (
        b"\x00\x01",
        "application/octet-stream",
    )


def test_a_table_is_sent_as_mlflow_reads_it(endpoints: Any) -> None:
    when = datetime(2026, 1, 2, tzinfo=UTC)
    table = pd.DataFrame(
        {
            "n": [1, 2],
            "x": [0.1, float("nan")],
            "s": ["a", None],
            "t": [pd.Timestamp(when), pd.NaT],
        },
        index=[7, 9],
    )
    got = endpoints.invoke(NAME, table).value
    assert got == {
        "input_data": {
            "columns": ["n", "x", "s", "t"],
            "index": [7, 9],
            "data": [[1, 0.1, "a", when.isoformat()], [2, None, None, None]],
        }
    }
    frame = pd.DataFrame([[5.1, 3.5], [6.2, 2.9]], columns=["sepal", "petal"])
    split = endpoints.invoke(NAME, frame).value["input_data"]
    pd.testing.assert_frame_equal(pd.DataFrame(**split), frame)


def test_arrays_and_files_are_data(endpoints: Any, service: ScoringService, tmp_path: Path) -> None:
    sent = {"input_data": np.array([[1, 2], [3, 4]]), "one": np.int64(5), "half": np.float32(0.5)}
    assert endpoints.invoke(NAME, sent).value == {
        "input_data": [[1, 2], [3, 4]],
        "one": 5,
        "half": 0.5,
    }
    file = tmp_path / "rows.json"
    file.write_text(' {"a":  1}\n', encoding="utf-8")
    assert endpoints.invoke(NAME, file).value == {"a": 1}
    assert service.scored[-1].body == b' {"a":  1}\n'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("rows.json", "'rows.json' is text; use a dict"),
        ([float("nan")], r"data\[0\]: nan is not a number in JSON"),
        ({"a": {1, 2}}, "is set"),
        ({"a": "\ud800"}, "cannot be sent"),
        ({(1, 2): 1}, "data is not JSON"),
        (np.array([float("inf")]), "finite"),
        (Path("/no/such/rows.json"), "/no/such/rows.json cannot be read: No such file"),
        (Path(__file__), "test_invoke.py is not valid JSON"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_anything_is(
    endpoints: Any, server: Server, data: Any, problem: str
) -> None:
    with pytest.raises(ValidationError, match=problem):
        endpoints.invoke(NAME, data)
    assert server.requests == []


@pytest.mark.parametrize(
    "headers",
    [{"Authorization": "Bearer x"}, {"X-A": "a\r\nX-B: b"}, {"X A": "a"}, {"X-A": "ä"}, {"": "a"}],
)
def test_headers_that_are_not_the_users_are_refused(
    endpoints: Any, server: Server, headers: dict[str, str]
) -> None:
    with pytest.raises(ValidationError, match="headers"):
        endpoints.invoke(NAME, ROWS, headers=headers)
    assert server.requests == []


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
).filter(lambda value: not isinstance(value, str))


@given(json_values)
def test_any_json_arrives_as_it_was(value: Any) -> None:
    from amlrest.resources.scoring import payload

    assert json.loads(payload(value).content) == value


def test_a_request_of_many_threads_reads_the_key_once(
    server: Server, service: ScoringService
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def slow(request: ReceivedRequest) -> Reply:
        return service.answer(request)

    server.script = slow
    with (
        open_workspace("sync", server_at(server.url)) as workspace,
        ThreadPoolExecutor(8) as pool,
    ):
        found = pool.map(lambda n: workspace.online_endpoints.invoke(NAME, [n]).value, range(16))
        assert list(found) == [[n] for n in range(16)]
    assert service.managed == [NAME, "listKeys"]


class _Endpoints:
    """Endpoints of Azure that accept Microsoft Entra tokens."""

    def get(self, name: str) -> Any:
        uri = f"https://{name}.eastus.inference.ml.azure.com/score"
        return SimpleNamespace(scoring_uri=uri, auth_mode="aad_token")


class _Credential:
    """Returns a token that names its scope."""

    def get_token(self, *scopes: str, **_: Any) -> Any:
        return SimpleNamespace(token=f"for-{scopes[0]}", expires_on=time.time() + 3600)


def test_azure_is_sent_a_token_of_the_audience_that_it_documents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    core = Core(settings("https://management.azure.com"), _Credential())
    sent: list[Request] = []
    monkeypatch.setattr(core, "exchange", lambda request, _read: sent.append(request))
    DataPlane(core, _Endpoints()).post(NAME, b"1", read=lambda _: None, headers={})
    (request,) = sent
    assert request.url == "https://iris.eastus.inference.ml.azure.com/score"
    assert request.headers["authorization"] == "Bearer for-https://ml.azure.com/.default"
    assert not request.authorized  # with the token of the workspace
    assert "for-" not in repr(request)


def test_a_fixed_token_is_not_sent_to_an_endpoint_in_azure() -> None:
    core = Core(settings("https://management.azure.com"), StaticToken("fixed"))
    with pytest.raises(AuthenticationError, match="accepts Microsoft Entra tokens only"):
        DataPlane(core, _Endpoints()).post(NAME, b"1", read=lambda _: None, headers={})
