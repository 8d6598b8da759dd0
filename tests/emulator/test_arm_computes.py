"""Computes: clusters that scale, instances that start and stop."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.emulator.arm import Arm, reduced, refusal

pytestmark = pytest.mark.slow

CLUSTER = {
    "location": "local",
    "properties": {
        "computeType": "amlcompute",
        "properties": {
            "vmSize": "STANDARD_D2_V2",
            "scaleSettings": {"minNodeCount": 1, "maxNodeCount": 3},
            "userAccountCredentials": {"adminUserName": "u", "adminUserPassword": "hush"},
        },
    },
}
INSTANCE = {"properties": {"computeType": "ComputeInstance", "properties": {"vmSize": "X"}}}


def _name() -> str:
    return f"c-{uuid.uuid4().hex[:10]}"


def _state(answer: Any) -> str:
    state: str = answer.json()["properties"]["properties"]["state"]
    return state


def test_the_seeded_cluster_has_nodes(arm: Arm) -> None:
    cluster = arm("GET", "computes/cpu-cluster").json()["properties"]
    assert cluster["computeType"] == "AmlCompute"
    assert cluster["provisioningState"] == "Succeeded"
    nodes = arm("POST", "computes/cpu-cluster/listNodes").json()["nodes"]
    assert len(nodes) == cluster["properties"]["currentNodeCount"] >= 1
    assert {node["nodeState"] for node in nodes} <= {"idle", "running"}


def test_a_cluster_is_created_scaled_and_deleted(arm: Arm) -> None:
    where = f"computes/{_name()}"
    created = arm("PUT", where, CLUSTER)
    assert created.status_code == 201, created.text
    assert "hush" not in created.text
    assert created.json()["properties"]["computeType"] == "AmlCompute"
    created_on = created.json()["properties"]["createdOn"]

    scale = {"properties": {"scaleSettings": {"minNodeCount": 2, "maxNodeCount": 5}}}
    assert arm("PATCH", where, scale).status_code == 200
    settings = arm("GET", where).json()["properties"]["properties"]
    scaled = scale["properties"]["scaleSettings"]
    assert reduced(settings["scaleSettings"], scaled) == scaled
    assert settings["targetNodeCount"] == 2
    assert settings["vmSize"] == "STANDARD_D2_V2"
    assert len(arm("POST", f"{where}/listNodes").json()["nodes"]) == 2

    assert arm("PUT", where, CLUSTER).status_code == 201
    assert arm("GET", where).json()["properties"]["createdOn"] == created_on
    assert arm("DELETE", where).status_code == 400
    assert arm("DELETE", where, underlyingResourceAction="Detach").status_code == 400
    assert arm("DELETE", where, underlyingResourceAction="delete").status_code == 202
    assert arm("GET", where).status_code == 404


@pytest.mark.parametrize(
    ("scale", "target"),
    [
        ({"minNodeCount": 4, "maxNodeCount": 2}, "scaleSettings"),
        ({"minNodeCount": 1}, "maxNodeCount"),
        ({"maxNodeCount": "2"}, "maxNodeCount"),
        ({"maxNodeCount": 1, "nodeIdleTimeBeforeScaleDown": "soon"}, "nodeIdleTimeBeforeScaleDown"),
    ],
)
def test_scale_settings_are_checked(arm: Arm, scale: dict[str, Any], target: str) -> None:
    body = {"properties": {"computeType": "AmlCompute", "properties": {"scaleSettings": scale}}}
    answer = arm("PUT", f"computes/{_name()}", body)
    assert answer.status_code == 400
    assert answer.json()["error"]["target"].endswith(target)


def test_an_instance_starts_stops_and_restarts(arm: Arm) -> None:
    where = f"computes/{_name()}"
    assert _state(arm("PUT", where, INSTANCE)) == "Running"
    assert arm("POST", f"{where}/stop").status_code == 202
    assert _state(arm("GET", where)) == "Stopped"
    assert arm("POST", f"{where}/start").status_code == 202
    assert _state(arm("GET", where)) == "Running"
    assert arm("POST", f"{where}/restart").status_code == 200
    last = arm("GET", where).json()["properties"]["properties"]["lastOperation"]
    assert last["operationName"] == "Restart"


def test_an_instance_keeps_its_state_when_put_again(arm: Arm) -> None:
    where = f"computes/{_name()}"
    arm("PUT", where, INSTANCE)
    arm("POST", f"{where}/stop")
    assert _state(arm("PUT", where, INSTANCE)) == "Stopped"


def test_operations_of_another_kind_are_refused(arm: Arm) -> None:
    for action in ("start", "stop", "restart"):
        answer = arm("POST", f"computes/cpu-cluster/{action}")
        assert refusal(answer) == (400, "WrongComputeType")
    assert arm("POST", "computes/nowhere/start").status_code == 404


def test_the_type_of_a_compute_stays(arm: Arm) -> None:
    where = f"computes/{_name()}"
    arm("PUT", where, CLUSTER)
    assert arm("PUT", where, INSTANCE).status_code == 409


def test_keys_of_an_attached_machine(arm: Arm) -> None:
    where = f"computes/{_name()}"
    account = {"username": "u", "password": "hush"}
    body = {
        "properties": {
            "computeType": "VirtualMachine",
            "resourceId": "/subscriptions/x",
            "properties": {"address": "10.0.0.1", "administratorAccount": account},
        }
    }
    assert "hush" not in arm("PUT", where, body).text
    keys = arm("POST", f"{where}/listKeys").json()
    assert keys == {"computeType": "VirtualMachine", "administratorAccount": account}
    assert arm("DELETE", where, underlyingResourceAction="Detach").status_code == 202


@pytest.mark.parametrize("name", ["a", "has_underscore", "x" * 25, "with space"])
def test_compute_names(arm: Arm, name: str) -> None:
    answer = arm("PUT", f"computes/{name}", CLUSTER)
    assert answer.status_code == 400
    assert answer.json()["error"]["target"] == "computeName"


def test_a_running_job_is_on_a_node(arm: Arm) -> None:
    where = f"jobs/n{uuid.uuid4().hex[:10]}"
    target = {"target": f"{arm.id}/computes/cpu-cluster", "instanceCount": 1}
    properties = {"jobType": "Command", "command": "sleep 60", "compute": target}
    assert arm("PUT", where, {"properties": properties}).is_success
    try:
        assert _until(lambda: where.rpartition("/")[2] in _runs(arm))
        counts = arm("GET", "computes/cpu-cluster").json()["properties"]["properties"]
        assert counts["nodeStateCounts"]["runningNodeCount"] >= 1
    finally:
        arm("POST", f"{where}/cancel")
    assert _until(lambda: where.rpartition("/")[2] not in _runs(arm))


def _runs(arm: Arm) -> set[str]:
    nodes = arm("POST", "computes/cpu-cluster/listNodes").json()["nodes"]
    return {node.get("runId") for node in nodes if node["nodeState"] == "running"}


def _until(holds: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
