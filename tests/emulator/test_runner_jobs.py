"""Jobs over the REST API: refused fields, idempotence, representation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from amlrest_emulator import LocalWorkspace
from amlrest_emulator.runner.mpi import find_launcher

from tests.emulator.arm import Arm, refusal
from tests.emulator.job_requests import (
    command_job,
    details,
    name,
    register,
    submit,
    sweep_job,
    upload,
    wait,
)


@pytest.mark.slow
def test_the_documented_command_job(arm: Arm) -> None:
    upload(arm, "iris/iris.csv", b"a,b\n1,2\n")
    upload(arm, "iris-src/main.py", b"import sys; print(open(sys.argv[1]).read())")
    data, code = register(arm, "data", "iris/iris.csv"), register(arm, "codes", "iris-src")
    job = name("documented")
    body = command_job(
        arm,
        "python main.py $AZURE_ML_INPUT_iris",
        codeId=code,
        inputDataBindings={"iris": {"dataId": data, "mode": "Mount"}},
        experimentName="lightgbm-iris",
    )
    submit(arm, job, body)
    properties = wait(arm, job)
    assert properties["status"] == "Completed"
    assert properties["interactionEndpoints"]["Tracking"]["jobEndpointType"] == "Tracking"
    log = details(arm, job, "lightgbm-iris")["logFiles"]["user_logs/std_log.txt"]
    assert "1,2" in arm.follow(log).text


@pytest.mark.slow
def test_the_same_job_again_is_no_second_job(arm: Arm, tmp_path: Path) -> None:
    marks, job = tmp_path / "marks", name("twice")
    body = command_job(arm, f"echo ran >> {marks}")
    submit(arm, job, body)
    assert arm("PUT", f"jobs/{job}", body).status_code == 200
    wait(arm, job)
    tagged = command_job(arm, f"echo ran >> {marks}", tags={"a": "b"}, description="later")
    assert arm("PUT", f"jobs/{job.upper()}", tagged).status_code == 200
    assert arm("GET", f"jobs/{job}").json()["properties"]["tags"] == {"a": "b"}
    assert marks.read_text() == "ran\n"


def test_a_taken_name_with_other_content_is_refused(arm: Arm) -> None:
    job = name("taken")
    submit(arm, job, command_job(arm, "true"))
    answer = arm("PUT", f"jobs/{job}", command_job(arm, "false"))
    assert refusal(answer) == (400, "JobPropertyImmutable")
    assert arm("GET", f"jobs/{job}").json()["properties"]["command"] == "true"


def _binding(**fields: Any) -> dict[str, Any]:
    return {"iris": fields}


@pytest.mark.parametrize(
    ("fields", "target"),
    [
        ({"codeId": "{ws}/codes/none/versions/1"}, "properties.codeId"),
        ({"codeId": "{ws}/computes/cpu-cluster"}, "properties.codeId"),
        ({"environmentId": "{ws}/environments/none/versions/1"}, "properties.environmentId"),
        ({"compute": {"target": "{ws}/computes/none"}}, "properties.compute.target"),
        ({"compute": {"instanceCount": 1}}, "properties.compute.target"),
        (
            {"compute": {"target": "{ws}/computes/cpu-cluster", "instanceCount": 1000}},
            "properties.compute.instanceCount",
        ),
        (
            {"inputDataBindings": {"iris": {"dataId": "{ws}/data/none/versions/1"}}},
            "properties.inputDataBindings.iris.dataId",
        ),
        ({"inputDataBindings": {"iris": {}}}, "properties.inputDataBindings.iris.dataId"),
        (
            {"outputDataBindings": {"o": {"datastoreId": "{ws}/datastores/none"}}},
            "properties.outputDataBindings.o.datastoreId",
        ),
        (
            {"outputDataBindings": {"o": {"pathOnCompute": "../../up"}}},
            "properties.outputDataBindings.o.pathOnCompute",
        ),
        ({"command": "python main.py {inputs.iris}"}, "properties.command"),
        ({"timeout": "P1Y"}, "properties.timeout"),
        pytest.param(
            {"distribution": {"distributionType": "Mpi", "processCountPerInstance": 4}},
            "properties.distribution",
            marks=pytest.mark.skipif(
                bool(find_launcher(os.environ["PATH"])), reason="this machine has MPI"
            ),
        ),
    ],
)
def test_a_command_job_that_cannot_run_is_refused_by_field(
    arm: Arm, fields: dict[str, Any], target: str
) -> None:
    job = name("refused")
    body = command_job(arm, "true")
    body["properties"] |= _resolved(fields, arm.id)
    answer = arm("PUT", f"jobs/{job}", body)
    status, code = refusal(answer)
    assert status == (404 if code == "ReferenceNotFound" else 400), answer.text
    error = answer.json()["error"]
    assert target in {error["target"], *(detail["target"] for detail in error["details"])}
    assert arm("GET", f"jobs/{job}").status_code == 404


def _resolved(value: Any, workspace: str) -> Any:
    if isinstance(value, dict):
        return {key: _resolved(item, workspace) for key, item in value.items()}
    return value.replace("{ws}", workspace) if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("fields", "target"),
    [
        ({"algorithm": "Bayesian"}, "properties.maxTotalTrials"),
        (
            {"algorithm": "Bayesian", "maxTotalTrials": 2, "searchSpace": {"x": ["randint", [3]]}},
            "properties.searchSpace",
        ),
        (
            {
                "algorithm": "Bayesian",
                "maxTotalTrials": 2,
                "earlyTermination": {"policyType": "MedianStopping"},
            },
            "properties.earlyTermination",
        ),
        ({"algorithm": "Random"}, "properties.maxTotalTrials"),
        ({"searchSpace": {"x": ["uniform", [0, 1]]}}, "properties.searchSpace"),
        ({"searchSpace": {}}, "properties.searchSpace"),
        ({"trial": None}, "properties.trial"),
        ({"trial": {"command": "echo {search_space.y}"}}, "properties.trial.command"),
        ({"maxTotalTrials": 1001}, "properties.maxTotalTrials"),
        ({"maxConcurrentTrials": 0}, "properties.maxConcurrentTrials"),
        ({"earlyTermination": {"policyType": "Bandit"}}, "properties.earlyTermination"),
    ],
)
def test_a_sweep_that_cannot_run_is_refused_by_field(
    arm: Arm, fields: dict[str, Any], target: str
) -> None:
    job = name("refused")
    body = sweep_job(arm, "true", {"x": ["choice", [[1, 2]]]})
    body["properties"] |= fields
    answer = arm("PUT", f"jobs/{job}", body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["target"] == target
    assert arm("GET", f"jobs/{job}").status_code == 404


def test_cancel_and_delete(arm: Arm, tmp_path: Path) -> None:
    job, ready = name("cancel"), tmp_path / "ready"
    submit(arm, job, command_job(arm, f"touch {ready}; sleep 600"))
    wait(arm, job, {"Running"})
    active = arm("DELETE", f"jobs/{job}")
    assert refusal(active) == (409, "JobIsActive")
    answer = arm("POST", f"jobs/{job}/cancel")
    assert (answer.status_code, answer.content) == (200, b"")
    properties = wait(arm, job)
    assert properties["status"] == "Canceled"
    assert refusal(arm("POST", f"jobs/{job}/cancel")) == (400, "CancelRunInTerminalStatus")
    assert arm("DELETE", f"jobs/{job}").status_code == 202
    assert arm("GET", f"jobs/{job}").status_code == 404
    submit(arm, job, command_job(arm, "true"))
    assert wait(arm, job)["status"] == "Completed"


def test_cancelling_a_job_that_is_not_there(arm: Arm) -> None:
    assert arm("POST", f"jobs/{name('none')}/cancel").status_code == 404


def test_the_error_of_a_failed_job_is_in_its_properties(arm: Arm) -> None:
    job = name("failed")
    submit(arm, job, command_job(arm, "echo 'no such column: petal' >&2; exit 2"))
    properties = wait(arm, job)
    assert properties["status"] == "Failed"
    assert "exit code 2" in properties["properties"]["error"]
    assert "no such column: petal" in details(arm, job)["error"]["error"]["message"]


def test_secrets_of_the_server_do_not_reach_a_command(
    arm: Arm, local_workspace: LocalWorkspace
) -> None:
    job = name("env")
    submit(arm, job, command_job(arm, "env"))
    wait(arm, job)
    log = arm.follow(details(arm, job)["logFiles"]["user_logs/std_log.txt"]).text
    keys = arm("POST", "listStorageAccountKeys").json()["userStorageKey"]
    assert "AZUREML_RUN_ID=" in log
    assert local_workspace.token not in log
    assert keys not in log


def test_names_of_trials_are_reserved(arm: Arm) -> None:
    sweep = name("owner")
    submit(arm, sweep, sweep_job(arm, "true", {"x": ["choice", [[1]]]}))
    taken = arm("PUT", f"jobs/{sweep}_7", command_job(arm, "true"))
    assert refusal(taken) == (409, "NameIsTaken")
    nested = arm("PUT", f"jobs/{sweep}_7", sweep_job(arm, "true", {"x": ["choice", [[1]]]}))
    assert refusal(nested) == (409, "NameIsTaken")
    free = name("free")
    submit(arm, f"{free}_1x", command_job(arm, "true"))
    submit(arm, free, sweep_job(arm, "true", {"x": ["choice", [[1]]]}))
    other = name("first")
    submit(arm, f"{other}_1", command_job(arm, "true"))
    late = arm("PUT", f"jobs/{other}", sweep_job(arm, "true", {"x": ["choice", [[1]]]}))
    assert refusal(late) == (409, "NameIsTaken")
    assert wait(arm, sweep)["status"] == "Failed"
