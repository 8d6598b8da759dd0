"""Online and batch endpoints and their deployments."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests import official
from tests.emulator.arm import Arm, refusal

DEPLOYMENT = {"location": "local", "properties": {"endpointComputeType": "Managed"}}


@pytest.fixture
def endpoint(arm: Arm) -> str:
    where = f"onlineEndpoints/e{uuid.uuid4().hex[:8]}"
    body = {"location": "local", "properties": {"authMode": "key"}}
    assert arm("PUT", where, body).status_code == 201
    return where


def test_keys_are_made_kept_and_replaced(arm: Arm, endpoint: str) -> None:
    example = official.example("OnlineEndpoint/listKeys.json")
    keys = arm("POST", f"{endpoint}/listKeys").json()
    assert keys.keys() == example["responses"]["200"]["body"].keys()
    assert arm("GET", endpoint).json()["properties"]["authMode"] == "Key"
    assert keys["primaryKey"] not in arm("GET", endpoint).text

    assert arm("POST", f"{endpoint}/regenerateKeys", {"keyType": "secondary"}).status_code == 202
    changed = arm("POST", f"{endpoint}/listKeys").json()
    assert changed["primaryKey"] == keys["primaryKey"]
    assert changed["secondaryKey"] != keys["secondaryKey"]
    given = {"keyType": "Primary", "keyValue": "my-own"}
    arm("POST", f"{endpoint}/regenerateKeys", given)
    assert arm("POST", f"{endpoint}/listKeys").json()["primaryKey"] == "my-own"


def test_given_keys_are_used(arm: Arm) -> None:
    where = f"batchEndpoints/b{uuid.uuid4().hex[:8]}"
    keys = {"primaryKey": "one", "secondaryKey": "two"}
    body = {"location": "local", "properties": {"authMode": "Key", "keys": keys}}
    assert "one" not in arm("PUT", where, body).json()["properties"].values()
    assert arm("POST", f"{where}/listkeys").json() == keys


def test_tokens_are_for_endpoints_that_want_them(arm: Arm, endpoint: str) -> None:
    refused = arm("POST", f"{endpoint}/token")
    assert refusal(refused) == (400, "WrongAuthMode")
    where = f"{endpoint}t"
    arm("PUT", where, {"location": "local", "properties": {"authMode": "AMLToken"}})
    example = official.example("OnlineEndpoint/getToken.json")
    token = arm("POST", f"{where}/token").json()
    assert token.keys() == example["responses"]["200"]["body"].keys()
    assert token["refreshAfterTimeUtc"] < token["expiryTimeUtc"]


def test_a_deployment_needs_its_endpoint(arm: Arm, endpoint: str) -> None:
    assert arm("PUT", "onlineEndpoints/nowhere/deployments/blue", DEPLOYMENT).status_code == 404
    blue = f"{endpoint}/deployments/blue"
    assert arm("PUT", blue, DEPLOYMENT).status_code == 201
    assert arm("GET", blue).json()["properties"]["provisioningState"] == "Succeeded"
    assert [item["name"] for item in arm("GET", f"{endpoint}/deployments").json()["value"]] == [
        "blue"
    ]
    assert "--deployments store" in arm("POST", f"{blue}/getLogs", {}).json()["content"]


def test_traffic_goes_to_what_is_there(arm: Arm, endpoint: str) -> None:
    blue = f"{endpoint}/deployments/blue"
    arm("PUT", blue, DEPLOYMENT)

    def direct(**shares: int) -> Any:
        return arm("PATCH", endpoint, {"properties": {"traffic": shares}})

    assert direct(blue=100).status_code == 202
    assert arm("GET", endpoint).json()["properties"]["traffic"] == {"blue": 100}
    for wrong in ({"blue": 101}, {"blue": 60, "green": 60}, {"green": 10}):
        answer = direct(**wrong)
        assert answer.status_code == 400
        assert answer.json()["error"]["target"].startswith("properties.traffic")
    arm("PUT", f"{endpoint}/deployments/green", DEPLOYMENT)
    assert direct(green=100).status_code == 400
    assert direct(green=100, blue=0).status_code == 202
    assert direct(green=0, blue=100).status_code == 202
    assert arm("DELETE", blue).status_code == 409
    assert direct(blue=0).status_code == 202
    assert arm("DELETE", blue).status_code == 202
    assert arm("GET", blue).status_code == 404


def test_a_deployment_is_changed_in_part(arm: Arm, endpoint: str) -> None:
    blue = f"{endpoint}/deployments/blue"
    properties = {
        "endpointComputeType": "Managed",
        "instanceType": "Standard_F4s_v2",
        "scaleSettings": {"scaleType": "Manual", "instanceCount": 1},
    }
    arm("PUT", blue, {"location": "local", "properties": properties})
    patch = {
        "tags": {"a": "b"},
        "properties": {
            "endpointComputeType": "Managed",
            "scaleSettings": {"scaleType": "Manual", "instanceCount": 3},
        },
    }
    assert arm("PATCH", blue, patch).status_code == 202
    read = arm("GET", blue).json()
    assert read["properties"]["scaleSettings"]["instanceCount"] == 3
    assert read["properties"]["instanceType"] == "Standard_F4s_v2"
    assert read["tags"] == {"a": "b"}


def test_references_of_a_deployment_are_checked(arm: Arm, endpoint: str) -> None:
    properties = {
        "endpointComputeType": "Managed",
        "environmentId": f"{arm.id}/environments/nowhere/versions/1",
        "model": {"referenceType": "Id", "assetId": f"{arm.id}/models/nowhere/versions/1"},
    }
    body = {"location": "local", "properties": properties}
    answer = arm("PUT", f"{endpoint}/deployments/blue", body)
    targets = {problem["target"] for problem in answer.json()["error"]["details"]}
    assert targets == {"properties.environmentId", "properties.model.assetId"}


def test_deleting_an_endpoint_deletes_its_deployments(arm: Arm, endpoint: str) -> None:
    arm("PUT", f"{endpoint}/deployments/blue", DEPLOYMENT)
    assert arm("DELETE", endpoint).status_code == 202
    assert arm("GET", endpoint).status_code == 404
    assert arm("GET", f"{endpoint}/deployments/blue").status_code == 404
    assert arm("DELETE", endpoint).status_code == 204
