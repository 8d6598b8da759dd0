"""A job that this machine cannot run is refused when it is submitted, with the field at fault."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.arm import Arm
from tests.emulator.job_requests import command_job, name, submit, sweep_job, upload, wait
from tests.emulator.two_versions import FIRST, NEWER

TORCH = {"distributionType": "PyTorch"}
FLOW = {"distributionType": "TensorFlow"}


def _target(arm: Arm, body: dict[str, Any], version: str = FIRST) -> str:
    job = name("impossible")
    answer = arm("PUT", f"jobs/{job}", body, **{"api-version": version})
    assert answer.status_code == 400, answer.text
    assert arm("GET", f"jobs/{job}").status_code == 404
    target: str = answer.json()["error"]["target"]
    return target


@pytest.mark.parametrize(
    ("fields", "target"),
    [
        ({"distribution": {**TORCH, "processCount": 0}}, "distribution.processCount"),
        ({"distribution": {**TORCH, "processCount": -1}}, "distribution.processCount"),
        ({"distribution": {**TORCH, "processCount": 10**6}}, "distribution.processCount"),
        ({"distribution": {**FLOW, "workerCount": 0}}, "distribution.workerCount"),
        (
            {"distribution": {**FLOW, "parameterServerCount": -1}},
            "distribution.parameterServerCount",
        ),
        ({"distribution": {**FLOW, "workerCount": 40, "parameterServerCount": 40}}, "distribution"),
        ({"environmentVariables": {"": "x"}}, "environmentVariables."),
        ({"environmentVariables": {"A=B": "x"}}, "environmentVariables.A=B"),
        ({"environmentVariables": {"A\0": "x"}}, "environmentVariables.A\0"),
        ({"environmentVariables": {"A": "x\0"}}, "environmentVariables.A"),
        ({"environmentVariables": {"A": None}}, "environmentVariables.A"),
        ({"environmentVariables": {"A": "x" * 200_000}}, "environmentVariables.A"),
        ({"environmentVariables": {f"A{n}": "x" * 100_000 for n in range(20)}}, ""),
        ({"command": "echo \0"}, "command"),
        ({"command": "x" * 200_000}, "command"),
        ({"experimentName": "e\0"}, "experimentName"),
        ({"experimentName": "e" * 256}, "experimentName"),
        ({"timeout": "PT1S\n"}, "timeout"),
        ({"timeout": "PT99999999999999999999S"}, "timeout"),
        ({"timeout": "PT\u0663S"}, "timeout"),
    ],
    ids=range(20),
)
def test_a_job_that_no_process_can_be_is_refused(
    arm: Arm, fields: dict[str, Any], target: str
) -> None:
    body = command_job(arm, "true")
    body["properties"] |= fields
    assert _target(arm, body) == (f"properties.{target}" if target else "properties")


def test_a_null_variable_is_refused_in_every_version(arm: Arm) -> None:
    upload(arm, "x", b"")
    docker = {"properties": {"docker": {"dockerSpecificationType": "Image", "dockerImageUri": "x"}}}
    assert arm("PUT", "environments/limits/versions/1", docker).is_success
    body = {
        "jobType": "Command",
        "command": "true",
        "computeId": f"{arm.id}/computes/cpu-cluster",
        "environmentId": f"{arm.id}/environments/limits/versions/1",
        "environmentVariables": {"A": None},
    }
    assert _target(arm, {"properties": body}, NEWER) == "properties.environmentVariables.A"


@pytest.mark.parametrize(
    "space",
    [
        {"x": ["uniform", [-1e308, 1e308]]},
        {"x": ["lognormal", [0, 700]]},
        {"x": ["normal", [0, 1e308]]},
        {"x\0": ["choice", [[1]]]},
        {"": ["choice", [[1]]]},
        {"--": ["choice", [[1]]]},
    ],
    ids=range(6),
)
def test_a_search_space_that_overflows_is_refused(arm: Arm, space: dict[str, Any]) -> None:
    body = sweep_job(arm, "true", space, algorithm="Random", maxTotalTrials=2)
    assert _target(arm, body) == "properties.searchSpace"


def test_the_trials_of_a_sweep_need_names_too(arm: Arm) -> None:
    body = sweep_job(arm, "true", {"x": ["choice", [[1]]]})
    answer = arm("PUT", f"jobs/{'s' * 251}", body)
    assert answer.status_code == 400
    assert answer.json()["error"]["target"] == "id"


@pytest.mark.slow
def test_whatever_is_possible_runs(arm: Arm) -> None:
    job = name("possible")
    value = "a'b\"c\n$d ü \U0001f600 {e}"
    variables = {"A.B-c": "1", "ü": "2", "LONG": "x" * 100_000, "VALUE": value, "EMPTY": ""}
    command = (
        'python -c \'import os; e = os.environ; assert len(e["LONG"]) == 100000; '
        'assert e["EMPTY"] == "" and e["A.B-c"] == "1"; print(ascii(e["VALUE"]))\' > outputs.txt'
        " && mkdir -p outputs && cp outputs.txt outputs/"
    )
    experiment = "e" * 255
    submit(
        arm,
        job,
        command_job(arm, command, environmentVariables=variables, experimentName=experiment),
    )
    assert wait(arm, job)["status"] == "Completed"
    found = arm.http.get(f"/amlrestlocal/azureml/ExperimentRun/dcid.{job}/outputs/outputs.txt").text
    assert found.strip() == ascii(value)
