"""Statuses, headers and states of writes and long-running operations, as recorded."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from amlrest_emulator import start

from tests.emulator.arm import Arm
from tests.emulator.job_requests import command_job, submit
from tests.emulator.two_versions import NEWER, Client

RUNNING = {"InProgress", "Updating"}
CLUSTER = {
    "location": "local",
    "properties": {
        "computeType": "AmlCompute",
        "properties": {"vmSize": "Standard_DS2_v2", "scaleSettings": {"maxNodeCount": 2}},
    },
}
ENDPOINT = {"location": "local", "properties": {"authMode": "Key"}}
ENVIRONMENT = {
    "properties": {"docker": {"dockerSpecificationType": "Image", "dockerImageUri": "i"}}
}
DATASTORE = {
    "properties": {
        "contents": {
            "contentsType": "AzureBlob",
            "accountName": "a",
            "containerName": "c",
            "endpoint": "core.windows.net",
            "protocol": "https",
            "credentials": {"credentialsType": "None"},
        }
    }
}
FILES = {"properties": {"path": "https://example.org/f"}}


@pytest.fixture
def service(arm: Arm) -> Iterator[Arm]:
    """The local workspace with the answers of the service."""
    with arm.service_answers():
        yield arm


def _name() -> str:
    return f"s{uuid.uuid4().hex[:8]}"


def _segment(url: str | None) -> str:
    """Return what a URL of an operation leads to, with its query but for the version."""
    if url is None:
        return ""
    found = httpx.URL(url)
    query = [f"{key}={value}" for key, value in found.params.items() if key != "api-version"]
    segment = found.path.split("/")[-2]
    return "?".join([segment, *query])


def _ways(answer: httpx.Response) -> tuple[str, str]:
    """Return what the two URLs of an operation lead to."""
    headers = answer.headers
    return _segment(headers.get("azure-asyncoperation")), _segment(headers.get("location"))


def _end_of(arm: Arm, url: str) -> tuple[list[Any], httpx.Response]:
    """Poll to the end; return the states on the way, and the last answer."""
    states: list[Any] = []
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        answer = arm.follow(url)
        body = answer.json() if answer.content else None
        state = body.get("status") if isinstance(body, dict) else None
        if answer.status_code != 202 and state not in RUNNING:
            return states, answer
        states.append(state)
        time.sleep(0.01)
    pytest.fail(f"{url} never ended")


AGAIN: list[tuple[str, dict[str, Any], tuple[int, int]]] = [
    ("environments/{}/versions/1", ENVIRONMENT, (201, 201)),
    ("data/{}/versions/1", FILES, (201, 200)),
    ("models/{}/versions/1", FILES, (201, 200)),
    ("codes/{}/versions/1", FILES, (201, 200)),
    (
        "codes/{}/versions/1",
        {"properties": {**FILES["properties"], "isAnonymous": True}},
        (200, 200),
    ),
    ("computes/{}", CLUSTER, (201, 201)),
]
"""Statuses of the first and the second PUT of the same."""


@pytest.mark.parametrize(("path", "body", "statuses"), AGAIN)
def test_the_statuses_of_put_and_of_put_again(
    arm: Arm, path: str, body: dict[str, Any], statuses: tuple[int, int]
) -> None:
    where = path.format(_name())
    for status in statuses:
        answer = arm("PUT", where, body)
        assert answer.status_code == status, answer.text
        assert answer.headers["x-ms-response-type"] == "standard"
        assert answer.headers["x-ms-request-id"]
        assert answer.headers["x-ms-correlation-request-id"]
        # Computes have the URL of the operation instead.
        is_located = status == 201 and "computes" not in path
        location = answer.headers.get("location")
        assert location == (str(answer.request.url) if is_located else None)


def test_a_datastore_is_located_with_the_query_of_the_request(arm: Arm) -> None:
    answer = arm(
        "PUT",
        f"datastores/{_name()}",
        DATASTORE,
        skipValidation="true",
    )
    assert answer.headers["location"].endswith("&skipValidation=true")


STATUS = "mfeOperationsStatus"
RESULT = "mfeOperationResults"
COMPUTES = "computeOperationsStatus?service=new"
WORKSPACES = ("workspaceOperationsStatus?type=async", "workspaceOperationsStatus?type=location")


@pytest.mark.slow
def test_a_compute_is_creating_then_deleting(service: Arm) -> None:
    """Recorded: 201 and 202 with the URL of the status only, whose body is short."""
    where = f"computes/{_name()}"
    for _ in range(2):
        created = service("PUT", where, CLUSTER)
        assert (created.status_code, _ways(created)) == (201, (COMPUTES, ""))
        assert created.json()["properties"]["provisioningState"] == "Creating"
        url = created.headers["azure-asyncoperation"]
        assert service.follow(url).json() == {"status": "InProgress"}
        _, last = _end_of(service, url)
        assert last.json() == {"status": "Succeeded", "percentComplete": 100.0}
    assert service("GET", where).json()["properties"]["provisioningState"] == "Succeeded"
    deleted = service("DELETE", where, underlyingResourceAction="Delete")
    assert (deleted.status_code, deleted.content) == (202, b"")
    assert _ways(deleted) == (COMPUTES, "")
    assert service("GET", where).json()["properties"]["provisioningState"] == "Deleting"
    _end_of(service, deleted.headers["azure-asyncoperation"])
    assert service("GET", where).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["onlineEndpoints", "batchEndpoints"])
def test_an_endpoint_is_updating(service: Arm, kind: str) -> None:
    """Recorded also for batch endpoints, which the document does not have as long-running."""
    where = f"{kind}/{_name()}"
    created = service("PUT", where, ENDPOINT)
    assert (created.status_code, _ways(created)[0]) == (201, STATUS)
    assert created.headers["location"] == str(created.request.url)
    # The document of 2021 has no state of a batch endpoint.
    state = created.json()["properties"].get("provisioningState", "Creating")
    assert state == "Creating"
    url = created.headers["azure-asyncoperation"]
    assert re.search(r"/(oe|be):[0-9a-f-]{36}:[0-9a-f-]{36}\?", url)
    running = service.follow(url).json()
    path = httpx.URL(url).path
    assert running["id"] == path
    assert running["name"] == path.rpartition("/")[2]
    assert (running["status"], running["percentComplete"]) == ("Updating", 0.0)
    assert running["endTime"] == "0001-01-01T00:00:00Z"
    _, last = _end_of(service, url)
    ended = last.json()
    assert (ended["status"], ended["percentComplete"]) == ("Succeeded", 100.0)
    assert ended["endTime"] > ended["startTime"]

    deleted = service("DELETE", where)
    assert (deleted.status_code, deleted.content) == (202, b"null")
    assert deleted.headers["content-type"] == "application/json; charset=utf-8"
    assert deleted.headers["x-ms-async-operation-timeout"] == "PT30M"
    assert _ways(deleted) == (STATUS, RESULT)
    assert "retry-after" not in deleted.headers
    _end_of(service, deleted.headers["location"])
    assert service("GET", where).status_code == 404


@pytest.mark.slow
def test_a_later_version_says_no_end_before_it_has_come(service: Arm) -> None:
    created = Client(service, NEWER)("PUT", f"onlineEndpoints/{_name()}", ENDPOINT)
    url = created.headers["azure-asyncoperation"]
    assert service.follow(url).json().keys() == {
        "id",
        "name",
        "status",
        "startTime",
        "percentComplete",
    }
    _, last = _end_of(service, url)
    assert last.json()["endTime"].endswith("+00:00")


@pytest.mark.slow
def test_a_workspace_is_accepted_without_a_body(service: Arm) -> None:
    """Recorded: PUT, PATCH and DELETE are 202 with two URLs of one operation."""
    scope = service.id.rpartition("/")[0]
    where = f"{scope}/{_name()}"
    body = {"location": "local", "properties": {}}
    for method, sent in (("PUT", body), ("PATCH", {"tags": {"a": "b"}}), ("DELETE", None)):
        accepted = service(method, where, sent)
        assert (accepted.status_code, accepted.content) == (202, b""), method
        assert _ways(accepted) == WORKSPACES
        location = accepted.headers["location"]
        waiting = service.follow(location)
        assert (waiting.status_code, waiting.content) == (202, b"")
        assert _ways(waiting) == WORKSPACES
        states, last = _end_of(service, accepted.headers["azure-asyncoperation"])
        assert set(states) <= {"InProgress"}
        assert last.json() == {"status": "Succeeded", "percentComplete": 100.0}
    assert service("GET", where).status_code == 404


@pytest.mark.slow
def test_an_update_that_fails_says_so_in_a_200(service: Arm) -> None:
    service.fault(effect="operation_failed", operation="Workspaces_Update", count=1)
    accepted = service("PATCH", "", {"tags": {}})
    _, last = _end_of(service, accepted.headers["azure-asyncoperation"])
    assert last.status_code == 200
    assert last.json()["status"] == "Failed"
    assert last.json()["error"]["code"]


@pytest.mark.slow
def test_a_cancelation_is_followed_by_its_location(service: Arm) -> None:
    """Recorded: 202 with null, then 202 with {}, then 200 with nothing."""
    job = _name()
    submit(service, job, command_job(service, "sleep 600"))
    accepted = service("POST", f"jobs/{job}/cancel")
    assert (accepted.status_code, accepted.content) == (202, b"null")
    assert _ways(accepted) == ("", RESULT)
    waiting = service.follow(accepted.headers["location"])
    assert (waiting.status_code, waiting.json()) == (202, {})
    assert _ways(waiting) == ("", RESULT)
    _, last = _end_of(service, accepted.headers["location"])
    assert (last.status_code, last.content) == (200, b"")


@pytest.mark.slow
def test_a_datastore_is_deleted_at_once(service: Arm) -> None:
    where = f"datastores/{_name()}"
    service("PUT", where, DATASTORE)
    deleted = service("DELETE", where)
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert "content-type" not in deleted.headers


@pytest.mark.slow
def test_the_setting_is_kept_with_the_folder(tmp_path: Any) -> None:
    for answers in ("service", None):
        with start(tmp_path, answers=answers) as workspace:
            assert workspace.answers == "service"
            arm = Arm(workspace)
            settings = arm.http.get("/_local/settings").json()
            assert (settings["answers"], settings["operation_delay"]) == ("service", 1.0)
            wrong = arm.http.put("/_local/settings", json={"answers": "fast"})
            assert wrong.status_code == 400
            assert "service" in wrong.json()["error"]["message"]
    with start(tmp_path, answers="convenient") as workspace:
        settings = Arm(workspace).http.get("/_local/settings").json()
        assert (settings["answers"], settings["operation_delay"]) == ("convenient", 0.0)
