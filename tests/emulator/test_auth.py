"""Access to the local workspace: loopback only, with its token, and no foreign web page."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from amlrest_emulator.auth import check_source

from tests.emulator.arm import Arm
from tests.official import API_VERSION

PATHS = ["", "/computes", "/jobs"]
OTHER_PATHS = ["/_local/faults", "/history/v1.0/x", "/mlflow/v1.0/x", "/nothing"]


def _error(answer: httpx.Response) -> str:
    code: str = answer.json()["error"]["code"]
    return code


@pytest.mark.parametrize("path", [*PATHS, *OTHER_PATHS])
@pytest.mark.parametrize("sent", [None, "Basic eA==", "Bearer", "Bearer wrong", "Bearer ü"])
def test_everything_needs_the_token(arm: Arm, path: str, sent: str | None) -> None:
    where = path if path in OTHER_PATHS else arm.id + path
    headers = {} if sent is None else {b"Authorization": sent.encode()}
    answer = httpx.get(arm.endpoint + where, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert _error(answer) in {"AuthenticationFailed", "InvalidAuthenticationToken"}


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1:1", "evil.localhost", ""])
def test_another_host_name_is_refused_on_all_paths(arm: Arm, host: str) -> None:
    for path in (arm.id, "/amlrestlocal/azureml?restype=container", "/_local/faults"):
        answer = arm.http.get(path, headers={"Host": host})
        assert answer.status_code == 421
        assert _error(answer) == "InvalidHostHeader"


def test_localhost_is_its_own_name(arm: Arm) -> None:
    port = arm.endpoint.rpartition(":")[2]
    answer = arm.http.get(
        arm.id, params={"api-version": API_VERSION}, headers={"Host": f"localhost:{port}"}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.1:80"])
def test_on_the_port_of_http_its_name_may_be_all(host: str) -> None:
    assert check_source({"host": host, "origin": f"http://{host}"}, 80) is None
    assert check_source({"host": "example.org"}, 80) is not None
    assert (check_source({"host": host}, 8080)) is not None


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://127.0.0.1:1", "file://"])
def test_web_pages_elsewhere_are_refused(arm: Arm, origin: str) -> None:
    answer = arm.http.get(arm.id, headers={"Origin": origin})
    assert answer.status_code == 403
    assert _error(answer) == "ForeignOrigin"
    preflight = arm.http.options(arm.id, headers={"Origin": origin})
    assert preflight.status_code == 403
    assert "access-control-allow-origin" not in preflight.headers


def test_it_listens_on_loopback_only(arm: Arm) -> None:
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("requires /proc/net/tcp (Linux)")
    port = int(arm.endpoint.rpartition(":")[2])
    rows = [line.split() for line in table.read_text().splitlines()[1:]]
    listening = {row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{port:04X}")}
    assert listening == {f"0100007F:{port:04X}"}


def test_request_ids_come_back(arm: Arm) -> None:
    sent = {"x-ms-client-request-id": "mine", "x-ms-correlation-request-id": "ours"}
    for path in (arm.id, "/nothing"):
        answer = arm.http.get(path, headers=sent)
        assert answer.headers["x-ms-client-request-id"] == "mine"
        assert answer.headers["x-ms-correlation-request-id"] == "ours"
        assert answer.headers["x-ms-request-id"]


def test_where_a_workspace_is_may_be_asked_before_there_is_a_token(arm: Arm) -> None:
    found = httpx.get(f"{arm.endpoint}/discovery")
    assert found.json() == {"api": arm.endpoint}
    assert httpx.post(f"{arm.endpoint}/discovery").status_code == 401
