"""Long-running operations: documented headers, order of states, restarts."""

from __future__ import annotations

import time
import uuid
from typing import Any

import httpx
import pytest
from amlrest_emulator import start

from tests import official
from tests.emulator.arm import Arm

RUNNING = {"InProgress", "Updating"}
ENDPOINT = {"location": "local", "properties": {"authMode": "Key"}}


def _name() -> str:
    return f"onlineEndpoints/l{uuid.uuid4().hex[:8]}"


def _poll(arm: Arm, url: str, seconds: float = 20) -> httpx.Response:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = arm.follow(url)
        if answer.status_code != 202 and _status(answer) not in RUNNING:
            return answer
        time.sleep(0.05)
    pytest.fail(f"{url} never ended")


def _status(answer: httpx.Response) -> Any:
    return answer.json().get("status") if answer.content else None


def test_the_headers_are_those_of_the_document(arm: Arm) -> None:
    operations = official.pinned().operations
    where = _name()
    answers = {
        "OnlineEndpoints_CreateOrUpdate": arm("PUT", where, ENDPOINT),
        "OnlineEndpoints_Update": arm("PATCH", where, {"tags": {"a": "b"}}),
        "OnlineEndpoints_RegenerateKeys": arm(
            "POST", f"{where}/regenerateKeys", {"keyType": "Primary"}
        ),
        "OnlineEndpoints_Delete": arm("DELETE", where),
    }
    for operation_id, answer in answers.items():
        documented = operations[operation_id].node.value["responses"][str(answer.status_code)][
            "headers"
        ]
        assert {name.lower() for name in documented} <= set(answer.headers), operation_id


def test_it_has_ended_when_it_is_answered(arm: Arm) -> None:
    where = _name()
    created = arm("PUT", where, ENDPOINT)
    assert created.status_code == 201
    assert created.json()["properties"]["provisioningState"] == "Succeeded"
    status = arm.follow(created.headers["azure-asyncoperation"]).json()
    assert status["status"] == "Succeeded"
    assert {"id", "name", "startTime", "endTime"} <= status.keys()
    assert arm("PUT", where, ENDPOINT).status_code == 200


@pytest.mark.slow
def test_with_a_delay_the_states_come_one_after_the_other(arm: Arm) -> None:
    where = _name()
    with arm.operation_delay(0.5):
        created = arm("PUT", where, ENDPOINT)
        assert created.json()["properties"]["provisioningState"] == "Creating"
        status_url = created.headers["azure-asyncoperation"]
        assert arm.follow(status_url).json()["status"] == "Updating"
        assert _poll(arm, status_url).json()["status"] == "Succeeded"
        assert arm("GET", where).json()["properties"]["provisioningState"] == "Succeeded"

        changed = arm("PATCH", where, {"tags": {"a": "b"}})
        assert (changed.status_code, changed.content) == (202, b"null")
        running = arm.follow(changed.headers["location"])
        assert (running.status_code, running.headers["retry-after"]) == (202, "1")
        final = _poll(arm, changed.headers["location"])
        assert (final.status_code, final.json()["tags"]) == (200, {"a": "b"})

        deleted = arm("DELETE", where)
        assert arm("GET", where).json()["properties"]["provisioningState"] == "Deleting"
        assert _poll(arm, deleted.headers["location"]).status_code == 204
    assert arm("GET", where).status_code == 404


def test_an_instance_is_stopping_before_it_is_stopped(arm: Arm) -> None:
    where = f"computes/l-{uuid.uuid4().hex[:8]}"
    arm("PUT", where, {"properties": {"computeType": "ComputeInstance", "properties": {}}})
    with arm.operation_delay(0.3):
        stopped = arm("POST", f"{where}/stop")
        inner = arm("GET", where).json()["properties"]["properties"]
        assert inner["state"] == "Stopping"
        _poll(arm, stopped.headers["azure-asyncoperation"])
    assert arm("GET", where).json()["properties"]["properties"]["state"] == "Stopped"


def test_a_failed_operation_says_so(arm: Arm) -> None:
    where = _name()
    arm.fault(effect="operation_failed", operation="OnlineEndpoints_CreateOrUpdate", count=1)
    created = arm("PUT", where, ENDPOINT)
    status = arm.follow(created.headers["azure-asyncoperation"]).json()
    assert status["status"] == "Failed"
    assert status["error"]["code"]
    assert arm("GET", where).json()["properties"]["provisioningState"] == "Failed"


def test_an_unknown_operation_is_not_found(arm: Arm) -> None:
    created = arm("PUT", _name(), ENDPOINT)
    url = created.headers["azure-asyncoperation"].replace(
        "mfeOperationsStatus/", "mfeOperationsStatus/0"
    )
    assert arm.follow(url).status_code == 404


@pytest.mark.slow
def test_an_operation_goes_on_after_a_restart(tmp_path: Any) -> None:
    where = _name()
    with start(tmp_path, operation_delay=3600) as workspace:
        arm = Arm(workspace)
        url = arm("PUT", where, ENDPOINT).headers["azure-asyncoperation"]
        assert arm.follow(url).json()["status"] == "Updating"
    with start(tmp_path, operation_delay=0.1) as workspace:
        arm = Arm(workspace)
        moved = httpx.URL(url).copy_with(port=int(arm.endpoint.rpartition(":")[2]))
        status = _poll(arm, str(moved))
        assert status.json()["status"] == "Succeeded"
        assert arm("GET", where).json()["properties"]["provisioningState"] == "Succeeded"
