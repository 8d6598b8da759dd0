"""Errors have the statuses, codes and shapes that were recorded from the service."""

from __future__ import annotations

import re
import uuid
from typing import Any

import httpx
import pytest

from tests.emulator.arm import Arm, inner_codes
from tests.emulator.job_requests import command_job, submit, wait

USER = "UserError"
NOT_THERE = "The specified resource was not found."
MISSING: list[tuple[str, list[str], str]] = [
    ("jobs/{}", [USER, "NotFound", "JobNotFound"], "Job {} not found."),
    ("datastores/{}", [USER, "NotFoundError"], "Could not find datastore: {}."),
    (
        "environments/{}",
        [USER, "NotFoundError"],
        "No environment exists for name: {}, version: , label: ",
    ),
    (
        "environments/{}/versions/7",
        [USER, "NotFoundError"],
        "No environment exists for name: {}, version: 7, label: ",
    ),
    (
        "data/{}/versions/2",
        [USER, "NotFoundError"],
        "Data version {}:2 (dataContainerName:version) not found.",
    ),
    ("models/{}", [USER, "ModelNotFound"], NOT_THERE),
    ("onlineEndpoints/{}", ["NotFound", "NoSuchEndpoint"], NOT_THERE),
    ("batchEndpoints/{}", ["NotFound", "NoSuchEndpoint"], NOT_THERE),
]
"""Path, codes from the outermost to the most specific one, and message, as recorded."""


def _name() -> str:
    return f"m{uuid.uuid4().hex[:8]}"


def _information(answer: httpx.Response) -> dict[str, Any]:
    listed = answer.json()["error"]["additionalInfo"]
    return {each["type"]: each["info"]["value"] for each in listed}


@pytest.mark.parametrize(("path", "codes", "message"), MISSING)
def test_what_is_missing_is_answered_by_its_kind(
    arm: Arm, path: str, codes: list[str], message: str
) -> None:
    name = _name()
    answer = arm("GET", path.format(name))
    error = answer.json()["error"]
    details = [each["code"] for each in error["details"]]
    assert answer.status_code == 404
    assert [error["code"], *details, *inner_codes(answer)] == codes
    assert error["message"] == message.format(name)
    assert answer.headers["x-ms-response-type"] == "error"
    assert "x-ms-failure-cause" not in answer.headers
    information = _information(answer)
    assert information["ComponentName"] == "managementfrontend"
    assert re.fullmatch("[0-9a-f]{32}", information["Correlation"]["operation"])
    assert re.fullmatch("[0-9a-f]{16}", information["Correlation"]["request"])
    assert {"Environment", "Location", "Time"} <= information.keys()


def test_the_message_of_a_missing_job_comes_in_parts(arm: Arm) -> None:
    name = _name()
    information = _information(arm("GET", f"jobs/{name}"))
    assert information["MessageFormat"] == "Job {jobId} not found."
    assert information["MessageParameters"] == {"jobId": name}


def test_of_a_missing_compute_nothing_is_said(arm: Arm) -> None:
    answer = arm("GET", f"computes/{_name()}")
    assert (answer.status_code, answer.content) == (404, b"")
    assert answer.headers["x-ms-response-type"] == "standard"
    assert "content-type" not in answer.headers


def test_a_missing_connection_is_answered_by_another_component(arm: Arm) -> None:
    name = _name()
    body = arm("GET", f"connections/{name}").json()
    assert body["componentName"] == "account-rp"
    assert body["correlation"].keys() == {"operation", "request"}
    assert body["error"]["code"] == USER
    assert body["error"]["innerError"] == {"code": "NotFoundError", "innerError": None}
    assert body["error"]["message"] == f"Connection {name} can't be found in this workspace"


GATEWAY = [
    ("{}", "ResourceNotFound"),
    ("{}/jobs/j", "ParentResourceNotFound"),
    ("{}/environments/e/versions", "ParentResourceNotFound"),
]


@pytest.mark.parametrize(("path", "code"), GATEWAY)
def test_of_a_missing_workspace_the_gateway_answers(arm: Arm, path: str, code: str) -> None:
    scope = arm.id.rpartition("/")[0]
    for method in ("GET", "DELETE") if path == "{}/jobs/j" else ("GET",):
        answer = arm(method, f"{scope}/{path.format(_name())}")
        assert answer.status_code == 404
        assert answer.headers["x-ms-failure-cause"] == "gateway"
        assert answer.json()["error"].keys() == {"code", "message"}
        assert answer.json()["error"]["code"] == code


def test_of_a_missing_group_the_gateway_answers(arm: Arm) -> None:
    answer = arm("GET", arm.id.replace("/resourceGroups/local/", f"/resourceGroups/{_name()}/"))
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "ResourceGroupNotFound"


def test_a_job_that_names_something_missing(arm: Arm) -> None:
    """Recorded: 404 NotFound, which names what the job names."""
    body = command_job(arm, "true")
    body["properties"]["environmentId"] = f"{arm.id}/environments/none.such/versions/1"
    answer = arm("PUT", f"jobs/{_name()}", body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (404, "NotFound")
    assert "none.such" in error["message"]


def test_a_bad_body(arm: Arm) -> None:
    answer = arm("PUT", f"jobs/{_name()}", {"properties": {"jobType": "Command", "command": 3}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, USER)
    assert inner_codes(answer)[:2] == ["BadArgument", "ArgumentInvalid"]


def test_a_change_of_what_is_immutable(arm: Arm) -> None:
    name = _name()
    submit(arm, name, command_job(arm, "true"))
    answer = arm("PUT", f"jobs/{name}", command_job(arm, "false"))
    assert answer.json()["error"]["code"] == USER
    assert inner_codes(answer) == ["Immutable", "JobPropertyImmutable"]


def test_the_cancelation_of_an_ended_job(arm: Arm) -> None:
    name = _name()
    submit(arm, name, command_job(arm, "true"))
    wait(arm, name)
    answer = arm("POST", f"jobs/{name}/cancel")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, USER)
    assert inner_codes(answer)[:2] == ["BadArgument", "ArgumentInvalid"]
    assert "terminal" in answer.json()["error"]["message"]
