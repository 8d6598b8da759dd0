"""Environments, data, code and models: versions, containers, immutability."""

from __future__ import annotations

import json
import uuid

import pytest

from tests.emulator.arm import Arm, reduced, refusal

PATH = "https://example.org/iris.csv"


def _name() -> str:
    return f"n{uuid.uuid4().hex[:10]}"


def test_the_documented_environment_body_with_its_capitals_and_raw_newlines(arm: Arm) -> None:
    body = b"""{"properties": {"Docker": {"DockerSpecificationType": "image",
        "DockerImageUri": "mcr.microsoft.com/azureml/openmpi3.1.2-ubuntu18.04"},
        "condaFile": "channels:\n- conda-forge\ndependencies:\n- python=3.6.1"}}"""
    answer = arm("PUT", f"environments/{_name()}/versions/1", body)
    assert answer.status_code == 201, answer.text
    properties = answer.json()["properties"]
    docker = {
        "dockerSpecificationType": "Image",
        "dockerImageUri": "mcr.microsoft.com/azureml/openmpi3.1.2-ubuntu18.04",
    }
    assert reduced(properties["docker"], docker) == docker
    conda_file = {"channels": ["conda-forge"], "dependencies": ["python=3.6.1"]}
    assert json.loads(properties["condaFile"]) == conda_file
    assert properties["environmentSpecificationType"] == "UserCreated"


def test_a_version_is_registered_once(arm: Arm) -> None:
    where = f"data/{_name()}/versions/1"
    first = {"properties": {"path": PATH, "tags": {"a": "1"}}}
    assert arm("PUT", where, first).status_code == 201
    assert arm("PUT", where, first).status_code == 200

    retagged = {"properties": {"path": PATH, "tags": {"a": "2"}, "description": "said later"}}
    assert arm("PUT", where, retagged).status_code == 200
    assert arm("GET", where).json()["properties"]["tags"] == {"a": "2"}

    other = arm("PUT", where, {"properties": {"path": "https://example.org/other.csv"}})
    assert refusal(other) == (409, "VersionImmutable")
    assert arm("GET", where).json()["properties"]["path"] == PATH


def test_a_version_makes_its_container_and_goes_with_it(arm: Arm) -> None:
    name = _name()
    assert arm("GET", f"models/{name}").status_code == 404
    assert arm("GET", f"models/{name}/versions").status_code == 404
    body = {"properties": {"path": "models/m.pkl", "flavors": {"python": {"data": {"v": "1"}}}}}
    assert arm("PUT", f"models/{name}/versions/7", body).status_code == 201
    assert arm("GET", f"models/{name}").json()["type"].endswith("/workspaces/models")
    assert arm("DELETE", f"models/{name}").status_code == 200
    assert arm("GET", f"models/{name}/versions/7").status_code == 404
    assert arm("DELETE", f"models/{name}").status_code == 204


def test_names_keep_their_case_and_compare_without_it(arm: Arm) -> None:
    name = f"CamelCase{uuid.uuid4().hex[:6]}"
    arm("PUT", f"codes/{name}/versions/V1", {"properties": {"path": "code"}})
    read = arm("GET", f"codes/{name.lower()}/versions/v1").json()
    assert read["id"] == f"{arm.id}/codes/{name}/versions/V1"
    assert (
        arm("PUT", f"codes/{name.upper()}/versions/v1", {"properties": {"path": "code"}})
        .json()["id"]
        .endswith(f"{name}/versions/V1")
    )


def test_what_clients_cannot_set_is_ignored(arm: Arm) -> None:
    body = {
        "id": "/mine",
        "name": "mine",
        "type": "mine",
        "systemData": {"createdBy": "me"},
        "properties": {"path": PATH, "futureField": {"kept": [1, None]}},
    }
    answer = arm("PUT", f"data/{_name()}/versions/1", body).json()
    assert answer["name"] == "1"
    assert answer["id"].startswith(arm.id)
    assert answer["systemData"]["createdBy"] != "me"
    assert answer["properties"]["futureField"] == {"kept": [1, None]}


def test_a_datastore_that_does_not_exist_is_refused(arm: Arm) -> None:
    name = _name()
    body = {"properties": {"path": "code", "datastoreId": f"{arm.id}/datastores/nowhere"}}
    answer = arm("PUT", f"codes/{name}/versions/1", body)
    assert answer.status_code == 400
    (detail,) = answer.json()["error"]["details"]
    assert (detail["code"], detail["target"]) == ("ReferenceNotFound", "properties.datastoreId")
    assert arm("GET", f"codes/{name}").status_code == 404


@pytest.mark.parametrize("name", ["with space", "ünï", "-starts", "a" * 256, "semi;colon"])
@pytest.mark.parametrize("kind", ["environments", "data", "codes", "models"])
def test_names_the_document_forbids(arm: Arm, kind: str, name: str) -> None:
    answer = arm("PUT", f"{kind}/{name}/versions/1", {"properties": {"path": "x"}})
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["target"] == "name"


def test_a_get_can_be_changed_and_put_back(arm: Arm) -> None:
    where = f"environments/{_name()}/versions/1"
    arm("PUT", where, {"properties": {"condaFile": "name: x", "isAnonymous": False}})
    read = arm("GET", where).json()
    read["properties"]["tags"] = {"k": "v"}
    written = arm("PUT", where, read)
    assert written.status_code == 201, written.text
    changed = {key: value for key, value in written.json().items() if key != "systemData"}
    assert changed == json.loads(json.dumps({k: v for k, v in read.items() if k != "systemData"}))
