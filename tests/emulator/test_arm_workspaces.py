"""Workspaces: the local one, further ones, and their keys."""

from __future__ import annotations

import uuid
from typing import Any

from tests.emulator.arm import Arm


def test_the_local_workspace(arm: Arm) -> None:
    read = arm("GET", "").json()
    assert read["properties"]["discoveryUrl"] == f"{arm.endpoint}/discovery"
    assert arm.follow("/discovery").json() == {"api": arm.endpoint}
    uuid.UUID(read["properties"]["workspaceId"])
    by_group = arm("GET", arm.id.rpartition("/")[0]).json()["value"]
    subscription = arm.id.partition("/resourceGroups")[0]
    url = f"{subscription}/providers/Microsoft.MachineLearningServices/workspaces"
    by_subscription = arm("GET", url).json()["value"]
    assert read["id"] in {item["id"] for item in by_group}
    assert read["id"] in {item["id"] for item in by_subscription}


def test_it_cannot_be_deleted(arm: Arm) -> None:
    assert arm("DELETE", "").status_code == 409
    assert arm("GET", "").status_code == 200


def test_another_workspace_is_a_world_of_its_own(arm: Arm) -> None:
    where = f"{arm.id.rpartition('/')[0]}/w{uuid.uuid4().hex[:8]}"
    assert arm("GET", f"{where}/environments").status_code == 404
    assert arm("PUT", where, {"location": "x", "properties": {}}).status_code == 201
    assert arm("GET", f"{where}/environments").json()["value"] == []
    assert arm("GET", f"{where}/computes").json()["value"] == []
    (store,) = arm("GET", f"{where}/datastores", isDefault="true").json()["value"]
    local = arm("GET", "datastores/workspaceblobstore").json()
    container = store["properties"]["contents"]["containerName"]
    assert container != local["properties"]["contents"]["containerName"]
    assert arm("PATCH", where, {"tags": {"a": "b"}}).json()["tags"] == {"a": "b"}
    assert arm("DELETE", where).status_code == 202
    assert arm("GET", where).status_code == 404


def test_a_label_of_a_connection_is_listed_by_target(arm: Arm) -> None:
    name = uuid.uuid4().hex[:8]
    body: dict[str, Any] = {"properties": {"category": "ACR", "target": name, "value": "v"}}
    arm("PUT", f"connections/{name}", body)
    assert [i["name"] for i in arm("GET", "connections", target=name).json()["value"]] == [name]
    assert arm("GET", "connections", target=name, category="Git").json()["value"] == []
