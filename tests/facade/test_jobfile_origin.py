"""Errors that are found when something from a file is used name file, line and key in Python too."""

import copy
import pickle
from pathlib import Path
from typing import Any

import pytest
from amlrest import CommandJob, jobfile
from amlrest.errors import ValidationError

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import serving

JOB = """\
type: command
command: python main.py
compute: azureml:cpu-cluster
environment: azureml:training:1
"""
ENVIRONMENT = "environment:\n  image: python:3.12\n"
SWEEP = """\
type: sweep
trial:
  command: echo ${{search_space.a}}
  environment: azureml:training:1
compute: azureml:cpu-cluster
search_space: {a: {type: choice, values: [1, 2]}}
objective: {goal: minimize, primary_metric: loss}
limits: {max_total_trials: 2, max_concurrent_trials: 4}
"""
FAULTS = [
    (JOB + "code: src\n", "5:7: code: there is no file or folder"),
    (
        JOB + "inputs: {a: {type: uri_file, path: no.csv}}\n",
        "5:36: inputs.a.path: there is no file",
    ),
    (JOB.replace("main.py", "${{inputs.b}}"), "2:10: command: ${{inputs.b}} is used, but inputs"),
    (JOB.replace("main.py", "${inputs.b}"), "2:10: command: '${inputs.b}' is not a placeholder"),
    (
        JOB.replace("environment: azureml:training:1\n", ENVIRONMENT)
        + "  conda_file: {dependencies: [pip: [-r requirements.txt]]}\n",
        "6:15: environment.conda_file: ",
    ),
    (
        JOB.replace("environment: azureml:training:1\n", "")
        + "environment:\n  build: {path: empty}\n",
        "5:10: environment.build: there is no 'Dockerfile'",
    ),
    (SWEEP, "8:54: limits.max_concurrent_trials: 4 is more than the 2 of max_total_trials"),
    (
        SWEEP.replace("training:1", "training:1\n  code: src").replace("trials: 4", "trials: 2"),
        "5:9: trial.code: there is no file or folder",
    ),
]


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(("text", "place"), FAULTS)
@pytest.mark.parametrize("version", ["2021-03-01-preview", "2024-10-01"])
def test_a_job_from_a_file(tmp_path: Path, api: str, text: str, place: str, version: str) -> None:
    (tmp_path / "empty").mkdir()
    file = tmp_path / "job.yml"
    file.write_text(text)
    job = jobfile.load(file)
    with (
        serving() as server,
        open_workspace(api, server_at(server.url), api_version=version) as ws,
        pytest.raises(jobfile.FileError) as caught,
    ):
        ws.jobs.submit(job)
    assert str(caught.value).startswith(f"{file}:{place}")
    assert server.requests == []


METHODS = {"computes": "create_or_update", "online_deployments": "create_or_update"}
OTHERS = [
    ("environments", "name: e\nimage: i\nconda_file: no.yml\n", "3:13: conda_file: "),
    ("data", "name: d\ntype: uri_file\npath: no.csv\n", "3:7: path: "),
    ("models", "name: m\ntype: custom_model\npath: nothing\n", "3:7: path: "),
    (
        "computes",
        "name: c\ntype: computeinstance\nenable_root_access: true\n",
        "3:21: enable_root_access: needs a preview API version",
    ),
    (
        "online_deployments",
        "name: blue\nendpoint_name: e\nmodel: {path: nothing}\ninstance_type: S\n",
        "3:15: model.path: ",
    ),
]


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(("collection", "text", "place"), OTHERS)
def test_any_other_resource_from_a_file(
    tmp_path: Path, api: str, collection: str, text: str, place: str
) -> None:
    file = tmp_path / "it.yml"
    file.write_text(text)
    found = jobfile.load(file, "managedOnlineDeployment" if "blue" in text else "")
    with (
        serving() as server,
        open_workspace(api, server_at(server.url), api_version="2024-10-01") as ws,
        pytest.raises(jobfile.FileError) as caught,
    ):
        getattr(getattr(ws, collection), METHODS.get(collection, "create"))(found)
    assert str(caught.value).startswith(f"{file}:{place}")
    assert server.requests == []


def test_the_compute_target_local_is_named(tmp_path: Path) -> None:
    file = tmp_path / "job.yml"
    file.write_text("command: x\nenvironment: azureml:e:1\ncompute: {target: local}\n")
    job = jobfile.load(file)
    with (
        serving() as server,
        open_workspace("sync", server_at(server.url), api_version="2024-10-01") as ws,
        pytest.raises(jobfile.FileError, match=r"job.yml:3:19: compute.target: not in API version"),
    ):
        ws.jobs.submit(job)


@pytest.mark.parametrize("api", APIS)
def test_an_endpoint_with_its_deployments(tmp_path: Path, api: str) -> None:
    file = tmp_path / "it.yml"
    file.write_text(
        "name: e\nauth_mode: key\ndeployments:\n  - {name: blue, instance_type: S, model: {path: nothing}}\n"
    )
    found = jobfile.load(file)
    with (
        serving() as server,
        open_workspace(api, server_at(server.url), api_version="2024-10-01") as ws,
        pytest.raises(jobfile.FileError, match=r"it.yml:4:\d+: deployments.+model.path"),
    ):
        ws.online_endpoints.deploy(found.endpoint, found.deployments)


def test_the_file_is_no_part_of_the_job() -> None:
    job = jobfile.loads(JOB)
    assert job == jobfile.loads("\n" + JOB)
    for again in (copy.copy(job), copy.deepcopy(job), pickle.loads(pickle.dumps(job))):
        assert again == job
        error: Any = again.origin.locate(ValidationError("CommandJob.command: no"))
        assert str(error) == "<text>:2:10: command: no"
    written = CommandJob(command="python main.py")
    assert written.origin is None
    assert "origin" not in repr(job)
