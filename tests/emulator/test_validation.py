"""Request validation: all errors are reported, with JSON paths."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.emulator.arm import Arm, inner_codes
from tests.official import API_VERSION

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("datasetType", "datastoreId", "path", "isAnonymous", "tags", "properties")


def _put(arm: Arm, body: Any, kind: str = "data") -> Any:
    return arm("PUT", f"{kind}/v{uuid.uuid4().hex[:10]}/versions/1", body)


def test_every_problem_is_listed_with_its_path(arm: Arm) -> None:
    body = {
        "properties": {
            "datasetType": "Weird",
            "isAnonymous": "yes",
            "tags": {"a": [1]},
            "properties": [],
        }
    }
    answer = _put(arm, body)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == "UserError"
    assert inner_codes(answer) == ["BadArgument", "ArgumentInvalid", "MissingProperty"]
    problems = {problem["target"]: problem["code"] for problem in error["details"]}
    assert problems == {
        "properties.path": "MissingProperty",
        "properties.datasetType": "InvalidValue",
        "properties.isAnonymous": "WrongType",
        "properties.tags.a": "WrongType",
        "properties.properties": "WrongType",
    }
    wrong = next(p for p in error["details"] if p["target"] == "properties.datasetType")
    assert "Simple, Dataflow" in wrong["message"]


def test_the_subtype_decides_what_is_required(arm: Arm) -> None:
    docker = {"properties": {"docker": {"dockerSpecificationType": "Build"}}}
    missing = _put(arm, docker, "environments").json()["error"]["details"]
    assert [problem["target"] for problem in missing] == ["properties.docker.dockerfile"]
    docker["properties"]["docker"]["dockerSpecificationType"] = "Podman"
    (wrong,) = _put(arm, docker, "environments").json()["error"]["details"]
    assert wrong["target"] == "properties.docker.dockerSpecificationType"
    assert "Build, Image" in wrong["message"]
    del docker["properties"]["docker"]["dockerSpecificationType"]
    (none,) = _put(arm, docker, "environments").json()["error"]["details"]
    assert none["code"] == "MissingProperty"


def test_a_list_item_has_its_index_in_the_path(arm: Arm) -> None:
    path = "computes/vi-" + uuid.uuid4().hex[:8]
    schedules = {"computeStartStop": [{"status": "Enabled"}, {"action": "Jump"}]}
    properties = {"computeType": "ComputeInstance", "properties": {"schedules": schedules}}
    answer = arm("PUT", path, {"properties": properties})
    assert (
        answer.json()["error"]["target"]
        == "properties.properties.schedules.computeStartStop[1].action"
    )


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"5", b'"text"', b"null", b"{" * 100_000, b"\xff\xfe{}"]
)
def test_a_body_that_is_no_object(arm: Arm, body: bytes) -> None:
    answer = _put(arm, body)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] in {"InvalidRequestContent", "UserError"}


def test_the_api_version_is_required_and_checked(arm: Arm) -> None:
    missing = arm.http.get(arm.id)
    assert missing.json()["error"]["code"] == "MissingApiVersionParameter"
    wrong = arm("GET", "", **{"api-version": "1999-01-01"})
    assert wrong.status_code == 400
    assert wrong.json()["error"]["code"] == "InvalidApiVersionParameter"
    assert API_VERSION in wrong.json()["error"]["message"]
    assert arm.http.get(arm.id, params={"API-VERSION": API_VERSION.upper()}).status_code == 200


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ({"count": "many"}, "count"),
        ({"count": "-1"}, "count"),
        ({"isDefault": "maybe"}, "isDefault"),
    ],
)
def test_query_parameters_are_typed(arm: Arm, query: dict[str, str], target: str) -> None:
    answer = arm("GET", "datastores", **query)
    assert answer.status_code == 400
    assert answer.json()["error"]["target"] == target


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(properties=st.dictionaries(st.sampled_from(FIELDS) | st.text(), JSON, max_size=5))
def test_any_json_is_stored_or_refused_and_never_fails(
    arm: Arm, properties: dict[str, Any]
) -> None:
    where = f"data/v{uuid.uuid4().hex[:12]}/versions/1"
    answer = arm("PUT", where, {"properties": properties})
    assert answer.status_code in {201, 400}, answer.text
    if answer.status_code == 400:
        details = answer.json()["error"].get("details", [])
        assert all(item["target"].startswith("properties") for item in details)
        assert arm("GET", where).status_code == 404
    else:
        assert arm("GET", where).json() == answer.json()
