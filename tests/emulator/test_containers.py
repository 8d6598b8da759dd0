"""Containers of versions say which version is the latest, and which would be the next."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from tests.emulator.arm import Arm

LATER = {"api-version": "2024-10-01"}
MODEL = {"properties": {"modelUri": "azureml://datastores/workspaceblobstore/paths/b"}}
ENVIRONMENT = {"properties": {"image": "ubuntu"}}


def _container(arm: Arm, kind: str, versions: list[str], body: dict[str, Any]) -> dict[str, Any]:
    name = f"c-{uuid.uuid4().hex}"
    for version in versions:
        made = arm("PUT", f"{kind}/{name}/versions/{version}", body, **LATER)
        assert made.is_success, made.text
    found: dict[str, Any] = arm("GET", f"{kind}/{name}", **LATER).json()["properties"]
    listed = arm("GET", kind, **LATER).json()["value"]
    assert found["latestVersion"] in [each["properties"]["latestVersion"] for each in listed]
    return found


@pytest.mark.parametrize(
    ("versions", "latest", "upcoming"),
    [
        (["1"], "1", "2"),
        (["foo"], "foo", "1"),
        (["2", "10", "9"], "9", "11"),
        (["3", "2020-01-01", "x7"], "x7", "4"),
        (["99999999999999999999"], "99999999999999999999", "1"),
    ],
)
def test_the_next_version_follows_the_highest_number(
    versions: list[str], latest: str, upcoming: str, arm: Arm
) -> None:
    for kind, body in (("models", MODEL), ("codes", {"properties": {"codeUri": "https://x/y"}})):
        found = _container(arm, kind, versions, body)
        assert (found["latestVersion"], found["nextVersion"]) == (latest, upcoming)


def test_the_next_version_of_an_environment_is_a_time(arm: Arm) -> None:
    found = _container(arm, "environments", ["1"], ENVIRONMENT)
    assert found["latestVersion"] == "1"
    assert re.fullmatch(r"\d{4}(-\d\d){5}-\d{7}", found["nextVersion"])


def test_the_first_version_does_not_have_these_fields(arm: Arm) -> None:
    name = f"c-{uuid.uuid4().hex}"
    arm("PUT", f"environments/{name}/versions/1", ENVIRONMENT, **LATER)
    found = arm("GET", f"environments/{name}").json()["properties"]
    assert not found.keys() & {"latestVersion", "nextVersion"}


@pytest.mark.parametrize(("given", "kept"), [(202208, "202208"), (True, "true"), (0.5, "0.5")])
def test_numbers_in_a_map_of_texts_become_texts(given: Any, kept: str, arm: Arm) -> None:
    where = f"environments/c-{uuid.uuid4().hex}/versions/1"
    properties = {**ENVIRONMENT["properties"], "tags": {"a": given}, "properties": {"b": given}}
    made = arm("PUT", where, {"properties": properties}, **LATER)
    assert made.is_success, made.text
    assert made.json()["properties"]["tags"] == {"a": kept}
    assert made.json()["properties"]["properties"] == {"b": kept}
