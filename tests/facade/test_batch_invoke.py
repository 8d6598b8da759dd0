"""Batch endpoints: a deployment runs over files as a job; what is sent, and how often."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from amlrest import BatchDeployment, BatchEndpoint, Input, Model, Output
from amlrest.errors import (
    BadRequestError,
    JobFailedError,
    ResourceNotFoundError,
    UntrustedUrlError,
    ValidationError,
)

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import ReceivedRequest, Reply, Server

COUNT = """\
from pathlib import Path

def init():
    pass

def run(mini_batch):
    print("scoring", len(mini_batch))
    return [f"{Path(each).name} {len(Path(each).read_text())}" for each in mini_batch]
"""


def deployed(ws: Any, name: str, tmp_path: Path, script: str = COUNT) -> None:
    """Make an endpoint whose one deployment runs a scoring script."""
    code = tmp_path / "code"
    code.mkdir()
    (code / "score.py").write_text(script)
    ws.batch_endpoints.create_or_update(BatchEndpoint(name))
    blue = BatchDeployment(
        endpoint=name, name="blue", code=code, scoring_script="score.py", compute="cpu-cluster"
    )
    ws.batch_deployments.create_or_update(blue)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in (("a.txt", "one"), ("b.txt", "three")):
        (folder / name).write_text(text)
    return folder


@pytest.mark.slow
def test_a_folder_a_file_and_data_of_the_workspace(
    ws: Any, unique: str, tmp_path: Path, texts: Path
) -> None:
    deployed(ws, unique, tmp_path)
    job = ws.batch_endpoints.invoke(unique, texts, tags={"of": "mine"})
    assert (job.created, job.tags) == (True, {"of": "mine"})
    lines = [event.text for event in ws.jobs.stream(job) if event.kind == "log"]
    assert "scoring 2" in lines
    assert ws.jobs.wait(job).status == "Completed"
    ws.jobs.download(job, tmp_path / "all")
    score = tmp_path / "all/named-outputs/score/predictions.csv"
    assert score.read_text() == "a.txt 3\nb.txt 5\n"
    assert (tmp_path / "all/user_logs/std_log.txt").exists()

    one = ws.batch_endpoints.invoke(
        unique,
        inputs={"mine": str(texts / "b.txt")},
        outputs={"score": f"azureml://datastores/workspaceblobstore/paths/{unique}/out"},
        deployment="BLUE",
        output_file_name="rows.txt",
        job_name=f"{unique}-one",
        experiment_name="batch-tests",
        mini_batch_size=1,
    )
    assert one.name == f"{unique}-one"
    assert ws.jobs.wait(one).experiment_name == "batch-tests"
    found = ws.jobs.download(one.name, tmp_path / "one", output_name="score")
    assert (found.sent, found.bytes_sent) == (1, len("b.txt 5\n"))
    assert (tmp_path / "one/named-outputs/score/rows.txt").read_text() == "b.txt 5\n"
    with pytest.raises(ResourceNotFoundError, match=r"no output 'scores'; its outputs: score"):
        ws.jobs.download(one, tmp_path, output_name="scores")

    listed = {each.name: each.status for each in ws.batch_endpoints.jobs(unique)}
    assert listed == {job.name: "Completed", one.name: "Completed"}
    assert [*ws.batch_endpoints.jobs(unique, "green")] == []


@pytest.mark.slow
def test_a_failed_job_says_why_and_has_no_predictions_to_download(
    ws: Any, unique: str, tmp_path: Path, texts: Path
) -> None:
    deployed(
        ws, unique, tmp_path, "def init():\n    pass\ndef run(b):\n    raise OSError('torn')\n"
    )
    job = ws.batch_endpoints.invoke(unique, texts, max_retries=0)
    with pytest.raises(JobFailedError, match=r"no file was scored; the last error.*torn"):
        re_raise_in_one_line(lambda: ws.jobs.wait(job))
    ws.jobs.download(job, tmp_path / "all")
    assert (tmp_path / "all/user_logs/std_log.txt").exists()


def re_raise_in_one_line(call: Any) -> None:
    try:
        call()
    except JobFailedError as error:
        raise JobFailedError(" ".join(str(error).split()), job=error.job) from error


@pytest.mark.slow
def test_a_model_of_mlflow_predicts_what_it_predicts_itself(
    fresh: Any, tmp_path: Path, unique: str
) -> None:
    """Columns of whole numbers in a file are the floats of the signature.

    What is registered may be the folder around the model, as for online deployments.
    """
    pandas, sklearn = pytest.importorskip("pandas"), pytest.importorskip("sklearn.linear_model")
    mlflow = pytest.importorskip("mlflow.sklearn")
    from mlflow.models import infer_signature

    known = pandas.DataFrame({"a": [1.0, 2, 3, 4.5], "b": [0.5, 1.5, 1, 2]})
    model = sklearn.LogisticRegression().fit(known, [0, 1, 0, 1])
    signature = infer_signature(known, model.predict(known))
    mlflow.save_model(model, str(tmp_path / "around/model"), signature=signature)
    rows = tmp_path / "rows"
    rows.mkdir()
    tables = {f"rows-{n}.csv": pandas.DataFrame({"a": [n, 2 * n], "b": [n % 3, 2]}) for n in (2, 1)}
    for name, table in tables.items():
        table.to_csv(rows / name, index=False)
    tables["table.parquet"] = known
    known.to_parquet(rows / "table.parquet")

    ws = fresh
    ws.batch_endpoints.create_or_update(BatchEndpoint(unique))
    jobs = {}
    for name, folder in (("blue", "around/model"), ("green", "around")):
        registered = ws.models.create(Model(f"{unique}-{name}", tmp_path / folder))
        ws.batch_deployments.create_or_update(
            BatchDeployment(endpoint=unique, name=name, model=registered, compute="cpu-cluster")
        )
        jobs[name] = ws.batch_endpoints.invoke(unique, rows, deployment=name, max_retries=0)
    expected = [
        [str(row), str(prediction), name]
        for name, table in sorted(tables.items())
        for row, prediction in enumerate(model.predict(table.astype(float)))
    ]
    for name, submitted in jobs.items():
        job = ws.jobs.wait(submitted)
        assert "/environments/mlflow-model/versions/" in str(job.environment)
        ws.jobs.download(job, tmp_path / name, output_name="score")
        text = (tmp_path / name / "named-outputs/score/predictions.csv").read_text()
        assert [*csv.reader(io.StringIO(text))] == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "give one of the two"),
        ({"input": "x", "inputs": {"y": "z"}}, "give one of the two"),
        ({"inputs": {"y": None}}, r"inputs\['y'\]: its data is missing"),
        ({"input": "./no-such-folder"}, "there is no file or folder 'no-such-folder' here"),
        ({"input": "u://x", "mini_batch_size": 0}, "mini_batch_size: 0"),
        ({"input": "u://x", "instance_count": True}, "instance_count: True"),
        ({"input": "u://x", "error_threshold": -2}, "error_threshold: -2"),
        ({"input": "u://x", "logging_level": "loud"}, "logging_level"),
        ({"input": "u://x", "retry_timeout": "soon"}, "retry_timeout"),
        ({"input": "u://x", "job_name": "a b"}, "job name 'a b'"),
        ({"input": "u://x", "outputs": {"o": "store"}}, r"outputs\['o'\]: 'store' has no path"),
        ({"input": "u://x", "outputs": {"o": None}}, r"outputs\['o'\]: its place is missing"),
        ({"input": Input("u://x", type="tensor")}, "type 'tensor'"),
        ({"input": "u://x", "deployment": "a/b"}, "a/b"),
    ],
)
@pytest.mark.parametrize("api", APIS)
def test_what_cannot_be_sent_is_refused_before_anything_is(
    api: str, server: Server, options: dict[str, Any], message: str
) -> None:
    with (
        open_workspace(api, server_at(server.url)) as ws,
        pytest.raises(ValidationError, match=message),
    ):
        ws.batch_endpoints.invoke("iris", **options)
    assert server.requests == []


def test_what_the_endpoint_refuses(ws: Any, unique: str, tmp_path: Path, texts: Path) -> None:
    with pytest.raises(ResourceNotFoundError, match=f"batch endpoint '{unique}' does not exist"):
        ws.batch_endpoints.invoke(unique, texts)
    deployed(ws, unique, tmp_path)
    with pytest.raises(ResourceNotFoundError, match="no deployment 'blu'; did you mean 'blue'"):
        ws.batch_endpoints.invoke(unique, texts, deployment="blu")
    with pytest.raises(BadRequestError, match="reads UriFolder and UriFile, not Literal"):
        ws.batch_endpoints.invoke(unique, inputs={"rate": 0.5})
    with pytest.raises(ResourceNotFoundError, match="no-such-data"):
        ws.batch_endpoints.invoke(unique, "azureml:no-such-data:1")
    with pytest.raises(ResourceNotFoundError, match=unique):
        list(ws.batch_endpoints.jobs(f"{unique}-other"))


WORKSPACE = (
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
)
MADE = {"id": f"{WORKSPACE}/batchEndpoints/iris/jobs/made", "name": "made"}


class Endpoint:
    """A service with one batch endpoint, whose first responses are lost."""

    def __init__(self, server: Server, lost: int = 0, scoring_uri: str | None = None) -> None:
        self.lost, self.uri = lost, scoring_uri or f"{server.url}/anywhere/jobs"
        self.posts: list[ReceivedRequest] = []
        server.script = self

    def __call__(self, request: ReceivedRequest) -> Reply:
        path = request.path.partition("?")[0]
        if path == "/anywhere/jobs":
            self.posts.append(request)
            is_lost = len(self.posts) <= self.lost
            return Reply(201, {**MADE, "properties": {"status": "Preparing"}}, reset=is_lost)
        if path.endswith("/batchEndpoints/iris"):
            properties = {"scoringUri": self.uri, "authMode": "Key", "traffic": {"blue": 100}}
            return Reply(200, {"name": "iris", "properties": properties})
        return Reply(404, {"error": {"code": "JobNotFound", "message": "not yet"}})


@pytest.mark.parametrize("api", APIS)
def test_a_request_whose_response_was_lost_is_sent_again_with_the_same_id(
    api: str, server: Server
) -> None:
    endpoint = Endpoint(server, lost=2)
    with open_workspace(api, server_at(server.url)) as ws:
        store = "/subscriptions/s/resourceGroups/g/x/datastores/store"
        job = ws.batch_endpoints.invoke(
            "iris",
            inputs={"rows": f"azureml:{store}/paths/rows", "rate": 0.5, "word": Input(value="w")},
            outputs={"score": Output("store", "to/here", type="uri_file")},
            deployment="blue",
            retry_timeout=90,
            max_retries=2,
            experiment_name="mine",
            description="why",
        )
    # The job of the workspace is not there yet.
    assert (job.name, job.status) == ("made", "Preparing")
    ids = {each.headers["repeatability_request-id"] for each in endpoint.posts}
    assert (len(endpoint.posts), len(ids)) == (3, 1)
    # Batch endpoints accept Microsoft Entra tokens only, whatever they say.
    assert {each.headers["authorization"] for each in endpoint.posts} == {"Bearer t"}
    assert endpoint.posts[0].headers["azureml-model-deployment"] == "blue"
    sent = endpoint.posts[0].json["properties"]
    uri = sent["outputData"]["score"].pop("uri")
    assert uri.endswith("/workspaces/w/datastores/store/paths/to/here")
    assert sent == {
        "inputData": {
            "rows": {"jobInputType": "UriFolder", "uri": f"azureml:{store}/paths/rows"},
            "rate": {"jobInputType": "Literal", "value": "0.5"},
            "word": {"jobInputType": "Literal", "value": "w"},
        },
        "outputData": {"score": {"jobOutputType": "UriFile"}},
        "retrySettings": {"timeout": "PT90S", "maxRetries": 2},
        "properties": {"experimentName": "mine"},
        "description": "why",
    }


@pytest.mark.parametrize("api", APIS)
def test_the_token_goes_to_no_other_host(api: str, server: Server) -> None:
    Endpoint(server, scoring_uri="https://evil.example/jobs")
    with (
        open_workspace(api, server_at(server.url)) as ws,
        pytest.raises(UntrustedUrlError, match=re.escape("evil.example")),
    ):
        ws.batch_endpoints.invoke("iris", "azureml://datastores/a/paths/b")


@pytest.fixture
def history(server: Server) -> dict[str, Any]:
    """A service as Azure's: the output of a batch job is that of its one child."""
    replies: dict[str, Any] = {}
    seen: list[str] = []

    def answer(request: ReceivedRequest) -> Reply:
        path, _, query = request.path.partition("?")
        seen.append(request.path)
        if path.endswith("/workspaces/w"):
            return Reply(200, {"properties": {"discoveryUrl": f"{server.url}/discovery"}})
        if path == "/discovery":
            return Reply(200, {"api": server.url})
        found = replies.get(path.removeprefix(WORKSPACE).rpartition(WORKSPACE)[2] or path)
        found = found(query) if callable(found) else found
        return Reply(200, found) if found is not None else Reply(404, {"error": {"code": "X"}})

    server.script = answer
    replies["seen"] = seen
    return replies


@pytest.mark.parametrize("api", APIS)
def test_the_jobs_of_an_endpoint_come_page_by_page(
    api: str, server: Server, history: dict[str, Any]
) -> None:
    def page(query: str) -> dict[str, Any]:
        second = "more" in query
        name = "two" if second else "one"
        link = f"{server.url}{WORKSPACE}/batchEndpoints/iris/jobs?more=1"
        item = {"name": name, "id": f"/x/{name}", "properties": {"status": "Running"}}
        return {"value": [item], "nextLink": None if second else link}

    history["/batchEndpoints/iris/jobs"] = page
    with open_workspace(api, server_at(server.url)) as ws:
        found = [(each.name, each.status) for each in ws.batch_endpoints.jobs("iris")]
    assert found == [("one", "Running"), ("two", "Running")]
    [first] = [path for path in history["seen"] if "dataplanepreview" in path]
    # As azure-ai-ml asks for them.
    assert first == (
        f"/mferp/managementfrontend{WORKSPACE}/batchEndpoints/iris/jobs"
        "?api-version=2020-09-01-dataplanepreview"
    )


@pytest.mark.parametrize("api", APIS)
def test_outputs_are_also_those_of_the_steps(
    api: str, server: Server, history: dict[str, Any]
) -> None:
    outputs = {"score": {"assetId": "asset-1", "type": "uri_folder"}}
    history["/rundata"] = {"runMetadata": {"runId": "made", "outputs": {}}}
    history["/runs/made/children"] = {"value": [{"runId": "step", "outputs": outputs}]}
    uri = "azureml://datastores/store/paths/azureml/step/score/"
    history["/dataversion/batchGetResolvedUris"] = {"values": {"asset-1": {"uri": uri}}}
    with (
        open_workspace(api, server_at(server.url)) as ws,
        pytest.raises(ResourceNotFoundError, match="no output 'scores'; its outputs: score"),
    ):
        ws.jobs.download("made", "nowhere", output_name="scores")
    [asked] = [each.json for each in server.requests if "batchGetResolvedUris" in each.path]
    assert asked == {"values": ["asset-1"]}
