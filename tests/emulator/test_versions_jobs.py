"""Jobs in two API versions: made in one, run, read, listed and submitted again in the other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.emulator import job_requests
from tests.emulator.arm import Arm, reduced, refusal
from tests.emulator.job_requests import name
from tests.emulator.two_versions import FIRST, NEWER, Client

IMAGE = "mcr.microsoft.com/azureml/openmpi3.1.2-ubuntu18.04"
SPACE = {"rate": ["choice", [[0.1, 0.2]]]}
OBJECTIVE = {"primaryMetric": "loss", "goal": "Minimize"}


@pytest.fixture
def first(arm: Arm) -> Client:
    """Requests of the first wire shape."""
    return Client(arm, FIRST)


@pytest.fixture
def newer(arm: Arm) -> Client:
    """Requests of the newer wire shape."""
    return Client(arm, NEWER)


@pytest.fixture
def environment(newer: Client) -> str:
    """The id of a registered environment."""
    where = f"environments/{name('env')}/versions/1"
    found: str = newer.made(where, {"properties": {"image": IMAGE}})["id"]
    return found


def log_of(arm: Arm, job: str, experiment: str = "Default") -> str:
    files = job_requests.details(arm, job, experiment)["logFiles"]
    url = next(link for path, link in files.items() if path.endswith("std_log.txt"))
    return arm.http.get(url).text


def command(arm: Arm, environment: str, text: str, **fields: Any) -> dict[str, Any]:
    properties = {
        "jobType": "Command",
        "command": text,
        "environmentId": environment,
        "computeId": f"{arm.id}/computes/cpu-cluster",
        **fields,
    }
    return {"properties": properties}


@pytest.mark.slow
def test_a_command_job_of_the_newer_shape(
    arm: Arm, first: Client, newer: Client, environment: str
) -> None:
    job_requests.upload(arm, "newer/iris.csv", b"sepal\n")
    uri = "azureml://datastores/workspaceblobstore/paths/newer/iris.csv"
    data = newer.made(
        f"data/{name('data')}/versions/1",
        {"properties": {"dataType": "uri_file", "dataUri": uri}},
    )
    url = f"{arm.endpoint}/amlrestlocal/azureml-blobstore/newer/iris.csv"
    files = {"by_id": data["id"], "by_uri": uri, "by_url": url}
    inputs: dict[str, Any] = {
        key: {"jobInputType": "uri_file", "uri": value, "mode": "ReadOnlyMount"}
        for key, value in files.items()
    }
    inputs["epochs"] = {"jobInputType": "literal", "value": "it's 3"}
    result = {"jobOutputType": "uri_folder", "mode": "ReadWriteMount"}
    placed = {"uri": f"azureml://datastores/workspaceblobstore/paths/{name('out')}"}
    text = (
        "cat ${{inputs.by_id}} ${{ inputs.by_uri }} {inputs.by_url}; echo ${{inputs.epochs}}; "
        'echo "$AZURE_ML_INPUT_epochs"; cat "$AZURE_ML_INPUT_by_id"; '
        'echo 1 > ${{outputs.free}}/one; echo 2 > "$AZURE_ML_OUTPUT_placed"/two'
    )
    body = command(
        arm,
        environment,
        text,
        inputs=inputs,
        outputs={"free": result, "placed": {**result, **placed}},
        displayName="shown",
        tags={"of": "both"},
        resources={"instanceCount": 1, "shmSize": "2g"},
        limits={"jobLimitsType": "Command", "timeout": "PT5M"},
        environmentVariables={"A": "b"},
    )
    job = name("newer")
    created = newer("PUT", f"jobs/{job}", body)
    assert created.status_code == 201, created.text
    done = job_requests.wait(arm, job)
    assert done["status"] == "Completed", log_of(arm, job)
    assert log_of(arm, job) == "sepal\n" * 3 + "it's 3\n" * 2 + "sepal\n"
    store = "/amlrestlocal/azureml-blobstore"
    assert arm.http.get(f"{store}/azureml/{job}/free/one").text == "1\n"
    assert arm.http.get(f"{store}/{placed['uri'].rpartition('/')[2]}/two").text == "2\n"

    read = newer.read(f"jobs/{job}")["properties"]
    sent = body["properties"]
    assert reduced(read, sent) == sent
    assert read["services"]["Tracking"]["jobServiceType"] == "Tracking"
    old = first.read(f"jobs/{job}")["properties"]
    compute = {"target": sent["computeId"], "instanceCount": 1}
    assert reduced(old["compute"], compute) == compute
    assert old["timeout"] == "PT5M"
    binding = {"dataId": data["id"], "mode": "Mount"}
    assert reduced(old["inputDataBindings"]["by_id"], binding) == binding
    assert old["interactionEndpoints"]["Tracking"]["jobEndpointType"] == "Tracking"
    assert not {"displayName", "limits", "resources", "services", "inputs"} & old.keys()

    assert newer("PUT", f"jobs/{job}", body).status_code == 200
    assert newer("PUT", f"jobs/{job}", {"properties": read}).status_code == 200
    assert first("PUT", f"jobs/{job}", {"properties": old}).status_code == 200
    assert newer.read(f"jobs/{job}")["properties"] == read
    changed = {"properties": {**sent, "command": "other"}}
    assert refusal(newer("PUT", f"jobs/{job}", changed)) == (400, "JobPropertyImmutable")


@pytest.mark.slow
def test_a_command_job_of_the_first_shape(
    arm: Arm, first: Client, newer: Client, environment: str
) -> None:
    job_requests.upload(arm, "older/iris.csv", b"petal\n")
    data = job_requests.register(arm, "data", "older/iris.csv")
    store = f"{arm.id}/datastores/workspaceblobstore"
    body = job_requests.command_job(
        arm,
        "cat {inputs.iris} && echo 1 > {outputs.model}/one",
        environmentId=environment,
        inputDataBindings={"iris": {"dataId": data, "mode": "Mount"}},
        outputDataBindings={"model": {"datastoreId": store, "pathOnDatastore": "older/out"}},
        timeout="PT5M",
        priority=2,
    )
    job = name("older")
    first.made(f"jobs/{job}", body)
    assert job_requests.wait(arm, job)["status"] == "Completed", log_of(arm, job)
    read = newer.read(f"jobs/{job}")["properties"]
    iris = {"jobInputType": "uri_file", "uri": data, "mode": "ReadOnlyMount"}
    assert reduced(read["inputs"], {"iris": iris}) == {"iris": iris}
    place = "azureml://datastores/workspaceblobstore/paths/older/out"
    model = {"jobOutputType": "uri_folder", "uri": place}
    assert reduced(read["outputs"], {"model": model}) == {"model": model}
    assert read["limits"] == {"jobLimitsType": "Command", "timeout": "PT5M"}
    assert not {"compute", "timeout", "priority", "output"} & read.keys()
    again = {
        "jobType": "Command",
        "command": "cat ${{inputs.iris}} && echo 1 > ${{outputs.model}}/one",
        "environmentId": environment,
        "computeId": f"{arm.id}/computes/cpu-cluster",
        "resources": {"instanceCount": 1},
        "inputs": read["inputs"],
        "outputs": read["outputs"],
        "limits": read["limits"],
    }
    assert newer("PUT", f"jobs/{job}", {"properties": again}).status_code == 200
    assert first.read(f"jobs/{job}")["properties"]["priority"] == 2
    assert first("PUT", f"jobs/{job}", body).status_code == 200


@pytest.mark.slow
def test_a_sweep_in_both(arm: Arm, first: Client, newer: Client, environment: str) -> None:
    log = "python -c 'import mlflow; mlflow.log_metric(\"loss\", ${{search_space.rate}})'"
    trial = {
        "command": f"{log} && echo ${{{{inputs.word}}}}",
        "environmentId": environment,
        "resources": {"instanceCount": 1},
    }
    new = {
        "jobType": "Sweep",
        "computeId": f"{arm.id}/computes/cpu-cluster",
        "samplingAlgorithm": {"samplingAlgorithmType": "Random", "seed": 7, "rule": "Random"},
        "searchSpace": SPACE,
        "objective": OBJECTIVE,
        "trial": trial,
        "inputs": {"word": {"jobInputType": "literal", "value": "hello"}},
        "limits": {
            "jobLimitsType": "Sweep",
            "maxTotalTrials": 2,
            "maxConcurrentTrials": 1,
            "timeout": "PT10M",
            "trialTimeout": "PT5M",
        },
    }
    job = name("sweep")
    assert newer("PUT", f"jobs/{job}", {"properties": new}).status_code == 201
    assert job_requests.wait(arm, job)["status"] == "Completed"
    assert "hello" in log_of(arm, f"{job}_0")
    read = newer.read(f"jobs/{job}")["properties"]
    assert reduced(read, new) == new
    old = first.read(f"jobs/{job}")["properties"]
    assert old["algorithm"] == "Random"
    assert (old["maxTotalTrials"], old["maxConcurrentTrials"]) == (2, 1)
    assert (old["timeout"], old["trial"]["timeout"]) == ("PT10M", "PT5M")
    assert set(old["trial"]["inputDataBindings"]) == {"word"}
    assert not any(old["trial"]["inputDataBindings"]["word"].values())
    compute = {"target": new["computeId"], "instanceCount": 1}
    assert reduced(old["compute"], compute) == compute
    assert first("PUT", f"jobs/{job}", {"properties": old}).status_code == 200
    assert newer("PUT", f"jobs/{job}", {"properties": new}).status_code == 200
    assert newer.read(f"jobs/{job}")["properties"] == read


def test_a_cancel_is_a_long_running_operation_in_the_newer_shape(
    arm: Arm, first: Client, newer: Client, environment: str
) -> None:
    job = name("cancel")
    assert newer("PUT", f"jobs/{job}", command(arm, environment, "sleep 600")).is_success
    accepted = newer("POST", f"jobs/{job}/cancel")
    assert accepted.status_code == 202
    assert arm.follow(accepted.headers["location"]).status_code == 200
    assert job_requests.wait(arm, job)["status"] == "Canceled"
    assert refusal(first("POST", f"jobs/{job}/cancel")) == (400, "CancelRunInTerminalStatus")


@pytest.mark.parametrize("kind", ["Command", "Sweep"])
def test_a_job_without_an_environment_has_one_in_the_newer_shape(
    arm: Arm, first: Client, newer: Client, kind: str
) -> None:
    job = name("bare")
    body = job_requests.command_job(arm, "true")
    if kind == "Sweep":
        sweep = {"algorithm": "Grid", "searchSpace": SPACE, "objective": OBJECTIVE}
        target = body["properties"]["compute"]
        properties = {"jobType": kind, "trial": {"command": "true"}, "compute": target, **sweep}
        body = {"properties": properties}
    old = first.made(f"jobs/{job}", body)["properties"]
    assert (old.get("trial") or old)["environmentId"] is None
    read = newer.read(f"jobs/{job}")["properties"]
    shown = (read.get("trial") or read)["environmentId"]
    assert shown == f"{arm.id}/environments/local-python/versions/1"
    image = newer.read(shown.removeprefix(f"{arm.id}/"))["properties"]["image"]
    assert image.startswith("python:3.")
    assert newer("PUT", f"jobs/{job}", {"properties": read}).status_code == 200
    assert first("PUT", f"jobs/{job}", body).status_code == 200
    again = first.read(f"jobs/{job}")["properties"]
    assert (again.get("trial") or again)["environmentId"] is None
    assert job_requests.wait(arm, job)["status"] in {"Completed", "Failed"}


@pytest.mark.parametrize("last", ["labels/latest", "versions/7"])
def test_a_job_in_an_environment_of_a_registry(
    arm: Arm, first: Client, newer: Client, last: str
) -> None:
    uri = f"azureml://registries/azureml/environments/sklearn-1.5/{last}"
    job = name("registry")
    body = command(arm, uri, "true")
    assert newer.made(f"jobs/{job}", body)["properties"]["environmentId"] == uri
    assert job_requests.wait(arm, job)["status"] == "Completed"
    assert first.read(f"jobs/{job}")["properties"]["environmentId"] == uri
    assert newer("PUT", f"jobs/{job}", body).status_code == 200


def test_a_job_without_a_compute(arm: Arm, first: Client, newer: Client, environment: str) -> None:
    body = command(arm, environment, "true", resources={"instanceType": "Standard_DS3_v2"})
    del body["properties"]["computeId"]
    job = name("serverless")
    read = newer.made(f"jobs/{job}", body)["properties"]
    assert read["computeId"] is None
    assert job_requests.wait(arm, job)["status"] == "Completed"
    old = first.read(f"jobs/{job}")
    assert old["properties"]["compute"]["target"] == "serverless"
    assert first("PUT", f"jobs/{job}", {"properties": old["properties"]}).status_code == 200
    assert newer("PUT", f"jobs/{job}", body).status_code == 200
    body["properties"]["computeId"] = f"{arm.id}/computes/cpu-cluster"
    assert refusal(newer("PUT", f"jobs/{job}", body)) == (400, "JobPropertyImmutable")


@pytest.mark.parametrize(
    ("fields", "target"),
    [
        ({"computeId": "{ws}/computes/none"}, "properties.computeId"),
        ({"resources": {"instanceCount": 99}}, "properties.resources.instanceCount"),
        (
            {"inputs": {"x": {"jobInputType": "uri_file", "uri": "{ws}/data/no/versions/1"}}},
            "properties.inputs.x.uri",
        ),
        (
            {
                "inputs": {
                    "x": {"jobInputType": "uri_file", "uri": "azureml://datastores/no/paths/p"}
                }
            },
            "properties.inputs.x.uri",
        ),
        (
            {"outputs": {"x": {"jobOutputType": "uri_folder", "uri": "https://example.org"}}},
            "properties.outputs.x.uri",
        ),
        ({"limits": {"jobLimitsType": "Command", "timeout": "soon"}}, "properties.limits.timeout"),
        ({"codeId": "azureml:none:1"}, "properties.codeId"),
    ],
)
def test_a_job_that_cannot_run_names_the_field_of_the_version(
    arm: Arm, newer: Client, environment: str, fields: dict[str, Any], target: str
) -> None:
    fields = json.loads(json.dumps(fields).replace("{ws}", arm.id))
    job = name("bad")
    answer = newer("PUT", f"jobs/{job}", command(arm, environment, "true", **fields))
    status, code = refusal(answer)
    assert status == (404 if code == "ReferenceNotFound" else 400), answer.text
    assert answer.json()["error"]["target"] == target
    assert newer("GET", f"jobs/{job}").status_code == 404


def test_an_archived_job_is_listed_when_asked_for(
    arm: Arm, first: Client, newer: Client, environment: str
) -> None:
    job, tag = name("archived"), name("tag")
    body = command(arm, environment, "true", tags={tag: "1"})
    newer.made(f"jobs/{job}", body)
    assert [each["name"] for each in newer.listed("jobs", tag=tag)] == [job]
    body["properties"]["isArchived"] = True
    assert newer("PUT", f"jobs/{job}", body).status_code == 200
    assert newer.listed("jobs", tag=tag) == []
    assert len(newer.listed("jobs", tag=tag, listViewType="All")) == 1
    assert len(first.listed("jobs", tag=tag)) == 1


def test_an_environment_is_found_by_name_and_version(
    arm: Arm, newer: Client, environment: str
) -> None:
    short = f"azureml:{environment.split('/')[-3]}:1"
    job = name("short")
    read = newer.made(f"jobs/{job}", command(arm, short, "true"))
    assert read["properties"]["environmentId"] == environment
