"""Requests to batch endpoints over plain HTTP: what is refused and why, and the jobs they make."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from amlrest_emulator import LocalWorkspace

from tests.emulator import batch_requests as batch
from tests.emulator.arm import Arm, refusal
from tests.emulator.job_requests import name, upload, wait

NEWER = "2024-10-01"
SCRIPT = """\
import os
from pathlib import Path

def init():
    print("level", os.environ["LEVEL"])

def run(mini_batch):
    return [f"{Path(each).name} {Path(each).read_text().strip()}" for each in mini_batch]
"""


@pytest.fixture(scope="module")
def ready(local_workspace: LocalWorkspace) -> str:
    """An endpoint whose one deployment has a scoring script."""
    arm = Arm(local_workspace)
    made = batch.endpoint(arm)
    own = batch.script(arm, SCRIPT)
    batch.deploy(arm, made, "blue", **own, environmentVariables={"LEVEL": "7"})
    return made


@pytest.fixture(scope="module")
def data(local_workspace: LocalWorkspace) -> str:
    """The id of data with two files."""
    arm = Arm(local_workspace)
    return batch.asset(arm, "data", {"a.txt": b"one\n", "b.txt": b"two\n"})


def output(arm: Arm, job: str, file: str = "predictions.csv") -> str:
    return arm.http.get(f"/amlrestlocal/azureml-blobstore/azureml/{job}/score/{file}").text


@pytest.mark.slow
def test_a_request_is_a_job_of_the_workspace(arm: Arm, ready: str, data: str) -> None:
    answer = batch.invoke(arm, ready, batch.reading(data))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["id"] == f"{arm.id}/batchEndpoints/{ready}/jobs/{made['name']}"
    assert answer.headers["location"] == f"{arm.endpoint}{made['id']}"
    assert made["properties"]["status"] in {"NotStarted", "Queued", "Preparing", "Running"}
    assert made["properties"]["inputData"] == {"table": {"jobInputType": "UriFolder", "uri": data}}

    done = wait(arm, made["name"])
    assert (done["status"], done["jobType"]) == ("Completed", "Command")
    assert done["experimentName"] == ready
    assert output(arm, made["name"]) == "a.txt one\nb.txt two\n"
    read = arm.http.get(f"{batch.scoring_uri(arm, ready)}/{made['name']}").json()
    assert read["properties"]["status"] == "Completed"
    place = f"azureml://datastores/workspaceblobstore/paths/azureml/{made['name']}/score/"
    assert read["properties"]["outputData"]["score"]["uri"].rstrip("/") == place.rstrip("/")
    log = arm.http.get(
        f"/amlrestlocal/azureml/ExperimentRun/dcid.{made['name']}/user_logs/std_log.txt"
    ).text
    assert "level 7" in log
    assert "2 files in 1 mini-batches" in log

    listed = arm.http.get(batch.scoring_uri(arm, ready)).json()["value"]
    assert made["name"] in [each["name"] for each in listed]
    ids = [each["id"] for each in arm("GET", "jobs").json()["value"]]
    assert f"{arm.id}/jobs/{made['name']}" in ids


@pytest.mark.slow
def test_the_request_decides_before_the_deployment(arm: Arm, ready: str) -> None:
    folder = name("out")
    upload(arm, f"{folder}/in/only.txt", b"x\n")
    store = "azureml://datastores/workspaceblobstore/paths"
    body = batch.reading(
        f"{store}/{folder}/in/only.txt",
        "UriFile",
        outputData={"any": {"jobOutputType": "UriFile", "uri": f"{store}/{folder}/to/mine.csv"}},
        MiniBatchSize=3,
        errorThreshold=5,
        retrySettings={"maxRetries": 0, "timeout": "PT2M"},
        compute={"instanceCount": 1},
        name=name("named"),
        properties={"experimentName": "other"},
        tags={"of": "mine"},
    )
    made = batch.invoke(arm, ready, body)
    assert made.status_code == 201, made.text
    assert made.json()["name"] == body["properties"]["name"]
    done = wait(arm, made.json()["name"])
    assert done["status"] == "Completed"
    assert (done["experimentName"], done["tags"]) == ("other", {"of": "mine"})
    words = done["command"].split()
    wanted = {"--size=3", "--threshold=5", "--retries=0", "--timeout=120", "--file-name=mine.csv"}
    assert wanted <= set(words)
    assert arm.http.get(f"/amlrestlocal/azureml-blobstore/{folder}/to/mine.csv").text == (
        "only.txt x\n"
    )
    body["properties"]["name"] = name("again")
    assert refusal(batch.invoke(arm, ready, body)) == (400, "OutputExists")


@pytest.mark.slow
def test_a_running_job_is_canceled(arm: Arm, data: str) -> None:
    made = batch.endpoint(arm)
    text = "import time\ndef init():\n    pass\ndef run(b):\n    time.sleep(3600)\n"
    batch.deploy(arm, made, "slow", **batch.script(arm, text))
    job = batch.invoke(arm, made, batch.reading(data)).json()["name"]
    wait(arm, job, {"Running", "Completed", "Failed"})
    assert arm("POST", f"jobs/{job}/cancel").status_code == 200
    assert wait(arm, job)["status"] == "Canceled"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["DataUrl", "DatasetVersion", "DatasetId"])
def test_bodies_of_the_previews_of_2021(arm: Arm, ready: str, data: str, form: str) -> None:
    _, asset, _, version = data.rsplit("/", 3)
    url = name("url")
    upload(arm, f"{url}/a.txt", b"one\n")
    fields = {
        "DataUrl": {"path": f"{arm.endpoint}/amlrestlocal/azureml-blobstore/{url}/a.txt"},
        "DatasetVersion": {"datasetName": asset, "datasetVersion": version},
        "DatasetId": {"datasetId": data},
    }[form]
    folder = name("out2021")
    properties = {
        "dataset": {"dataInputType": form, **fields},
        "outputDataset": {
            "datastoreId": f"{arm.id}/datastores/workspaceblobstore",
            "path": folder,
        },
        "outputFileName": "rows.txt",
    }
    made = batch.invoke(arm, ready, {"properties": properties})
    assert made.status_code == 201, made.text
    assert wait(arm, made.json()["name"])["status"] == "Completed"
    rows = arm.http.get(f"/amlrestlocal/azureml-blobstore/{folder}/rows.txt").text
    assert rows.startswith("a.txt one\n")


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({}, "InvalidInputs"),
        ({"InputData": {"a": {"Uri": "x"}, "b": {"Uri": "y"}}}, "InvalidInputs"),
        ({"InputData": {"a": {"JobInputType": "Literal", "Value": "1"}}}, "InvalidInputs"),
        ({"InputData": {"a": {"JobInputType": "MLTable", "Uri": "x"}}}, "InvalidInputs"),
        ({"InputData": {"a": {"JobInputType": "UriFolder"}}}, "InvalidValue"),
        ({"InputData": {"a": 3}}, "InvalidValue"),
        ({"InputData": {"batch_model": {"Uri": "https://x/y"}}}, "InvalidValue"),
        ({"dataset": {"dataInputType": "Other"}}, "InvalidValue"),
        ({"InputData": {"a": {"Uri": "ftp://x/y"}}}, "InvalidValue"),
        ({"InputData": {"a": {"Uri": "azureml:no-such-data:1"}}}, "ReferenceNotFound"),
        ({"InputData": {"a": {"Uri": "azureml:no-such-data@latest"}}}, "ReferenceNotFound"),
        ({"InputData": {"a": {"Uri": "https://x/y"}}, "miniBatchSize": 0}, "InvalidValue"),
        ({"InputData": {"a": {"Uri": "https://x/y"}}, "errorThreshold": True}, "InvalidValue"),
        ({"InputData": {"a": {"Uri": "https://x/y"}}, "outputFileName": "../x"}, "InvalidValue"),
        (
            {"InputData": {"a": {"Uri": "https://x/y"}}, "compute": {"instanceCount": 10_000}},
            "InvalidValue",
        ),
        (
            {"InputData": {"a": {"Uri": "https://x/y"}}, "retrySettings": {"timeout": "soon"}},
            "InvalidValue",
        ),
        (
            {"InputData": {"a": {"Uri": "https://x/y"}}, "outputData": {"a": {}, "b": {}}},
            "InvalidOutputs",
        ),
    ],
)
def test_requests_that_a_model_deployment_cannot_do(
    arm: Arm, ready: str, properties: dict[str, Any], code: str
) -> None:
    before = arm.http.get(batch.scoring_uri(arm, ready)).json()["value"]
    answer = batch.invoke(arm, ready, {"properties": properties})
    assert answer.status_code in {400, 404}, answer.text
    assert refusal(answer)[1] == code
    assert arm.http.get(batch.scoring_uri(arm, ready)).json()["value"] == before


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'{"properties": 3}', b"\xff"])
def test_bodies_that_are_no_request(arm: Arm, ready: str, body: bytes) -> None:
    answer = arm.http.post(batch.scoring_uri(arm, ready), content=body)
    assert answer.status_code == 400, answer.text


def test_deployments_that_cannot_be_run_are_refused_by_name(arm: Arm, data: str) -> None:
    made = batch.endpoint(arm)
    plain = batch.asset(arm, "models", {"weights.bin": b"1"})
    code = batch.asset(arm, "codes", {"score.py": b""})
    deployments: dict[str, tuple[dict[str, Any], str]] = {
        "no-script": ({"model": {"referenceType": "Id", "assetId": plain}}, "NoScoringScript"),
        "no-model": ({}, "NoScoringScript"),
        "no-file": (
            {"codeConfiguration": {"codeId": code, "scoringScript": "other.py"}},
            "ScoringScript",
        ),
        "outside": (
            {"codeConfiguration": {"codeId": code, "scoringScript": "../score.py"}},
            "ScoringScript",
        ),
        "no-code": ({"codeConfiguration": {"scoringScript": "score.py"}}, "ScoringScript"),
        "partitions": (
            {**batch.script(arm, SCRIPT), "partitionKeys": ["country"]},
            "PartitionKeys",
        ),
    }
    for deployment, (properties, code_of_error) in deployments.items():
        batch.deploy(arm, made, deployment, **properties)
        answer = batch.invoke(arm, made, batch.reading(data), deployment)
        assert refusal(answer) == (400, code_of_error), answer.text
        assert deployment in answer.json()["error"]["message"]
    component = {"deploymentConfigurationType": "PipelineComponent", "componentId": None}
    body = {"location": "local", "properties": {"deploymentConfiguration": component}}
    where = f"batchEndpoints/{made}/deployments/component"
    put = arm.http.put(f"{arm.id}/{where}", json=body, params={"api-version": NEWER})
    assert put.status_code in {200, 201, 202}, put.text
    answer = batch.invoke(arm, made, batch.reading(data), "component")
    assert refusal(answer) == (400, "PipelineComponent")


def test_a_model_of_a_registry_is_refused_with_what_to_do(arm: Arm, data: str) -> None:
    made = batch.endpoint(arm)
    model = "azureml://registries/azureml/models/bert/versions/1"
    batch.deploy(arm, made, "blue", model={"referenceType": "Id", "assetId": model})
    answer = batch.invoke(arm, made, batch.reading(data))
    assert refusal(answer) == (400, "InvalidValue"), answer.text
    message = answer.json()["error"]["message"]
    assert f"{model} is in a registry, which is not here; register it" in message


def test_which_deployment_is_the_default(arm: Arm, data: str) -> None:
    made = batch.endpoint(arm)
    assert refusal(batch.invoke(arm, made, batch.reading(data))) == (400, "NoDefaultDeployment")
    for deployment in ("blue", "green"):
        batch.deploy(arm, made, deployment, **batch.script(arm, SCRIPT))
    answer = batch.invoke(arm, made, batch.reading(data))
    assert refusal(answer) == (400, "NoDefaultDeployment")
    assert "name one of blue, green, or" in answer.json()["error"]["message"]
    arm("PATCH", f"batchEndpoints/{made}", {"properties": {"traffic": {"green": 100}}})
    chosen = batch.invoke(arm, made, batch.reading(data)).json()
    named = batch.invoke(arm, made, batch.reading(data), "BLUE").json()
    labels = [
        each["properties"]["properties"]["azureml.deploymentname"] for each in (chosen, named)
    ]
    assert labels == ["green", "blue"]
    missing = batch.invoke(arm, made, batch.reading(data), "red")
    assert refusal(missing) == (404, "DeploymentNotFound")
    jobs = f"{arm.id}/batchEndpoints/{made}/deployments/green/jobs"
    listed = arm.http.get(jobs, params={"api-version": "2020-09-01-dataplanepreview"}).json()
    assert [each["name"] for each in listed["value"]] == [chosen["name"]]
    for job in (chosen, named):
        arm("POST", f"jobs/{job['name']}/cancel")


def test_the_same_request_sent_again_is_the_same_job(arm: Arm, ready: str, data: str) -> None:
    tried = {"repeatability_request-id": name("try")}
    first = batch.invoke(arm, ready, batch.reading(data), **tried)
    again = batch.invoke(arm, ready, batch.reading(data), **tried)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["name"] == again.json()["name"]
    other = batch.invoke(arm, ready, batch.reading(data))
    assert other.json()["name"] != first.json()["name"]
    for answer in (first, other):
        arm("POST", f"jobs/{answer.json()['name']}/cancel")


def test_jobs_belong_to_their_endpoint_and_only_its_owner_reads_them(
    arm: Arm, ready: str, data: str
) -> None:
    other = batch.endpoint(arm)
    job = batch.invoke(arm, ready, batch.reading(data)).json()["name"]
    arm("POST", f"jobs/{job}/cancel")
    uri = batch.scoring_uri(arm, other)
    assert refusal(arm.http.get(f"{uri}/{job}")) == (404, "JobNotFound")
    assert arm.http.get(uri).json()["value"] == []
    assert refusal(arm.http.get(uri.replace(other, "no-such"))) == (404, "NoSuchEndpoint")
    assert arm.http.delete(uri).status_code == 405
    assert arm.http.get(uri, params={"$skiptoken": "x"}).status_code == 400
    for method in ("GET", "POST"):
        assert httpx.request(method, uri, json={}).status_code == 401
        wrong = {"Authorization": "Bearer wrong"}
        assert httpx.request(method, uri, json={}, headers=wrong).status_code == 401
