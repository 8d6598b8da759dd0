"""Routing: every operation of the official documents is implemented, none is a stub."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import official
from tests.emulator.arm import Arm
from tests.emulator.two_versions import BOTH, FIRST, NEWER

VALUES = {
    "subscriptionId": "00000000-0000-0000-0000-000000000000",
    "resourceGroupName": "local",
    "workspaceName": "local",
    "location": "local",
}


def _path(template: str) -> str:
    filled = re.sub(r"\{(\w+)\}", lambda m: VALUES.get(m[1], f"no-{m[1].lower()[:12]}"), template)
    return filled if filled.startswith("/") else f"/{filled}"


@official.needed
@pytest.mark.parametrize(("version", "count"), [(FIRST, 113), (NEWER, 213)])
def test_all_operations_are_routed_to_themselves(
    fresh_workspace: Any, version: str, count: int
) -> None:
    arm = Arm(fresh_workspace)
    operations = official.Documents(version).operations
    for each in operations.values():
        body: Any = {} if each.method in {"PUT", "PATCH"} else None
        arm(each.method, _path(each.path), body, **{"api-version": version})
    assert [entry["operation"] for entry in arm.log()] == list(operations)
    assert len(operations) == count


@official.needed
@pytest.mark.parametrize("version", BOTH)
def test_what_is_not_behaved_says_so_and_nothing_fails_inside(arm: Arm, version: str) -> None:
    refused = set()
    for operation_id, each in official.Documents(version).operations.items():
        body: Any = {} if each.method in {"PUT", "PATCH"} else None
        answer = arm(each.method, _path(each.path), body, **{"api-version": version})
        assert answer.status_code != 500, f"{operation_id}: {answer.text}"
        if answer.status_code == 501:
            assert answer.json()["error"]["target"] == operation_id
            assert operation_id in answer.json()["error"]["message"]
            refused.add(operation_id)
    assert {"Usages_List", "Quotas_Update"} <= refused
    assert not any(name.startswith(("Jobs_", "Datastores_", "Compute_")) for name in refused)


def test_paths_are_found_whatever_their_case(arm: Arm) -> None:
    assert arm("GET", f"{arm.id}/computes/cpu-cluster".upper()).status_code == 200
    assert arm("GET", f"{arm.id}/COMPUTES").json()["value"]


def test_a_wrong_method_names_the_right_ones(arm: Arm) -> None:
    answer = arm("PATCH", "environments/x/versions/1", {})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "DELETE, GET, PUT"


@pytest.mark.parametrize("path", ["nothing", "environments/a/versions/1/more"])
def test_an_unknown_path_is_an_arm_404(arm: Arm, path: str) -> None:
    answer = arm("GET", path)
    assert answer.status_code == 404
    assert set(answer.json()["error"]) >= {"code", "message", "target"}


@pytest.mark.parametrize("name", ["..", ".", "%2e%2e", "a%2fb", "%00", ""])
def test_a_path_value_cannot_lead_elsewhere(arm: Arm, name: str) -> None:
    answer = arm.http.send(_raw(arm, "DELETE", f"{arm.id}/environments/{name}/versions/1"))
    assert answer.status_code in {400, 404}
    assert arm("GET", "").status_code == 200


def _raw(arm: Arm, method: str, path: str) -> Any:
    request = arm.http.build_request(method, arm.endpoint)
    request.url = request.url.copy_with(
        raw_path=f"{path}?api-version={official.API_VERSION}".encode()
    )
    return request


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_name_is_either_kept_exactly_or_refused(arm: Arm, name: str) -> None:
    body = {"properties": {"path": "https://example.org/x.csv"}}
    answer = arm.http.put(
        f"{arm.id}/data/hyp/versions/{_escaped(name)}",
        params={"api-version": official.API_VERSION},
        json=body,
    )
    if answer.is_success:
        assert answer.json()["name"].lower() == name.lower()
    else:
        assert answer.status_code in {400, 404}, answer.text


def _escaped(name: str) -> str:
    return "".join(f"%{byte:02X}" for byte in name.encode())
