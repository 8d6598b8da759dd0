"""Run history: runs by name, their changes, and the places of what they have put out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.emulator.arm import Arm
from tests.emulator.job_requests import command_job, name, submit, sweep_job, wait

pytestmark = pytest.mark.slow

LATER = {"api-version": "2024-10-01"}


@pytest.fixture(scope="module")
def shared(local_workspace: Any) -> Iterator[Arm]:
    arm = Arm(local_workspace)
    with arm.http:
        yield arm


@pytest.fixture(scope="module")
def job(shared: Arm) -> str:
    """A finished job with an output in a place of its own."""
    found = name("history")
    body = command_job(shared, 'echo put > "$AZURE_ML_OUTPUT_out/f"', experimentName="run history")
    binding = {"datastoreId": f"{shared.id}/datastores/workspaceblobstore"}
    body["properties"]["outputDataBindings"] = {
        "out": {**binding, "pathOnDatastore": "put/${{name}}/here"}
    }
    submit(shared, found, body)
    assert wait(shared, found)["status"] == "Completed"
    return found


@pytest.fixture(scope="module")
def sweep(shared: Arm) -> str:
    """A finished sweep of two trials."""
    found = name("history-sweep")
    command = "python -c 'import mlflow; mlflow.log_metric(\"loss\", {search_space.x})'"
    submit(shared, found, sweep_job(shared, command, {"x": ["choice", [[0.1, 0.2]]]}))
    assert wait(shared, found)["status"] == "Completed"
    return found


def ask(arm: Arm, method: str, path: str, body: Any = None) -> httpx.Response:
    service, _, rest = path.partition("/")
    content = body if isinstance(body, bytes) else None
    sent = None if isinstance(body, bytes) else body
    where = f"/{service}/v1.0{arm.id}/{rest}"
    return arm.http.request(method, where, json=sent, content=content)


def test_a_run_is_read_by_its_name(shared: Arm, job: str) -> None:
    found = ask(shared, "GET", f"history/runs/{job}").json()
    assert (found["runId"], found["status"], found["parentRunId"]) == (job, "Completed", None)
    assert found["createdUtc"] <= found["startTimeUtc"] <= found["endTimeUtc"]
    assert found["compute"] == {"target": "cpu-cluster", "instanceCount": 1}
    named = ask(shared, "GET", f"history/experiments/run%20history/runs/{job}").json()
    assert named == found
    data = ask(shared, "POST", "history/rundata", {"runId": job, "selectRunMetadata": True})
    assert data.json() == {"runMetadata": found}
    details = ask(shared, "GET", f"history/runs/{job}/details").json()
    assert details["runId"] == job
    assert details["logFiles"]


def test_trials_are_the_children_of_a_sweep(shared: Arm, sweep: str) -> None:
    children = ask(shared, "GET", f"history/runs/{sweep}/children").json()["value"]
    assert [each["runId"] for each in children] == [f"{sweep}_0", f"{sweep}_1"]
    for each in children:
        assert (each["parentRunId"], each["rootRunId"]) == (sweep, sweep)
        assert each["parameters"].keys() == {"x"}
    parent = ask(shared, "GET", f"history/runs/{sweep}").json()
    assert parent["properties"]["best_child_run_id"] in {f"{sweep}_0", f"{sweep}_1"}
    assert len({each["runUuid"] for each in [parent, *children]}) == 3
    assert {each["rootRunUuid"] for each in children} == {parent["runUuid"]}


@pytest.mark.parametrize("version", [{}, LATER])
def test_a_trial_is_read_as_a_command_job(version: dict[str, str], shared: Arm, sweep: str) -> None:
    found = shared("GET", f"jobs/{sweep}_1", **version).json()
    assert found["id"] == f"{shared.id}/jobs/{sweep}_1"
    properties = found["properties"]
    assert (properties["jobType"], properties["status"]) == ("Command", "Completed")
    assert properties["parameters"].keys() == {"x"}
    assert "mlflow" in properties["command"]
    listed = shared("GET", "jobs", **version).json()["value"]
    assert f"{sweep}_1" not in [each["name"] for each in listed]
    assert shared("GET", f"jobs/{sweep}_2", **version).status_code == 404


def test_outputs_have_ids_that_stand_for_places(shared: Arm, job: str) -> None:
    outputs = ask(shared, "GET", f"history/runs/{job}").json()["outputs"]
    assert outputs.keys() == {"out"}
    assert outputs["out"]["type"] == "uri_folder"
    asset = outputs["out"]["assetId"]
    asked = {"values": [asset, "azureml://jobs/none/outputs/out", "other"]}
    answer = ask(shared, "POST", "data/dataversion/batchGetResolvedUris", asked).json()
    scope = "subscriptions/{}/resourcegroups/{}/workspaces/{}".format(
        *(shared.id.split("/")[at] for at in (2, 4, 8))
    )
    place = f"azureml://{scope}/datastores/workspaceblobstore/paths/put/{job}/here/"
    assert answer == {"values": {asset: {"uri": place, "type": "uri_folder"}}}
    models = ask(shared, "POST", "modelregistry/models/batchGetResolvedUris", asked).json()
    assert models == {"values": {asset: {"path": place, "type": "uri_folder"}}}


@pytest.mark.parametrize(
    ("output", "place"),
    [
        ("out", "workspaceblobstore/paths/put/{job}/here/"),
        ("out/paths/f", "workspaceblobstore/paths/put/{job}/here/f"),
        ("artifacts/paths/a/b", "workspaceartifactstore/paths/ExperimentRun/dcid.{job}/a/b"),
        ("default", "workspaceartifactstore/paths/ExperimentRun/dcid.{job}/"),
    ],
)
def test_an_asset_can_be_what_a_job_has_put_out(
    output: str, place: str, shared: Arm, job: str
) -> None:
    where = f"models/{name('of-a-job')}/versions/1"
    properties = {"modelUri": f"azureml://jobs/{job}/outputs/{output}"}
    made = shared("PUT", where, {"properties": properties}, **LATER)
    assert made.is_success, made.text
    uri = made.json()["properties"]["modelUri"]
    assert uri.partition("/datastores/")[2] == place.format(job=job)


def test_an_asset_can_be_what_a_trial_has_logged(shared: Arm, sweep: str) -> None:
    for trial, place in ((f"{sweep.upper()}_1", f"dcid.{sweep}_1/m"), (f"{sweep}_x", "")):
        uri = f"azureml://jobs/{trial}/outputs/artifacts/paths/m"
        where = f"models/{name('of-a-trial')}/versions/1"
        made = shared("PUT", where, {"properties": {"modelUri": uri}}, **LATER)
        found = made.json()["properties"]["modelUri"]
        expected = f"/datastores/workspaceartifactstore/paths/ExperimentRun/{place}"
        assert found.endswith(expected) if place else found == uri


def test_an_input_can_be_what_a_job_has_put_out(shared: Arm, job: str) -> None:
    found = name("reader")
    asset = {"jobInputType": "uri_file", "uri": f"azureml://jobs/{job}/outputs/out/paths/f"}
    body = command_job(shared, 'grep put "$AZURE_ML_INPUT_f"')["properties"]
    target = body.pop("compute")["target"]
    environment = f"environments/{name('e')}/versions/1"
    made = shared("PUT", environment, {"properties": {"image": "ubuntu"}}, **LATER)
    body |= {"computeId": target, "inputs": {"f": asset}, "environmentId": made.json()["id"]}
    assert shared("PUT", f"jobs/{found}", {"properties": body}, **LATER).is_success
    assert wait(shared, found)["status"] == "Completed"
    asset["uri"] = f"azureml://jobs/{job}/outputs/none"
    refused = shared("PUT", f"jobs/{name('no')}", {"properties": body}, **LATER)
    assert refused.status_code == 400
    assert "none" in refused.json()["error"]["message"]


def test_a_change_of_a_run_is_one_of_its_job(shared: Arm, job: str) -> None:
    path = f"history/experiments/run%20history/runs/{job}"
    first = {"displayName": "shown", "tags": {"a": "1"}, "description": "d", "hidden": True}
    assert ask(shared, "PATCH", path, first).json()["hidden"] is True
    second = {"displayName": None, "tags": {"b": "2"}, "properties": {"p": "q"}, "hidden": False}
    changed = ask(shared, "PATCH", path, second).json()
    assert (changed["displayName"], changed["description"]) == ("shown", "d")
    assert changed["tags"] == {"a": "1", "b": "2"}
    properties = shared("GET", f"jobs/{job}", **LATER).json()["properties"]
    assert (properties["displayName"], properties["isArchived"]) == ("shown", False)
    assert properties["tags"] == {"a": "1", "b": "2"}
    assert properties["properties"]["p"] == "q"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"tags": {"a": 1}}, 400),
        ({"tags": []}, 400),
        ({"hidden": "yes"}, 400),
        ({"displayName": 3}, 400),
        ({"properties": "p"}, 400),
        ([], 400),
        (b"{", 400),
        (b'{"displayName": "\\ud800"}', 400),
    ],
)
def test_a_change_that_is_none_is_refused(body: Any, status: int, shared: Arm, job: str) -> None:
    before = ask(shared, "GET", f"history/runs/{job}").json()
    answer = ask(shared, "PATCH", f"history/experiments/run%20history/runs/{job}", body)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]
    assert ask(shared, "GET", f"history/runs/{job}").json() == before


@pytest.mark.parametrize(
    ("request_line", "body", "status"),
    [
        ("GET history/runs/none", None, 404),
        ("GET history/runs/none/children", None, 404),
        ("GET history/runs/{job}/serviceinstances/x", None, 501),
        ("GET history/experiments/other/runs/{job}", None, 404),
        ("POST history/rundata", {}, 404),
        ("POST history/rundata", {"runId": ["x"]}, 404),
        ("POST data/dataversion/batchGetResolvedUris", {"values": "x"}, 400),
        ("POST data/dataversion/batchGetResolvedUris", {"values": [1]}, 400),
        ("DELETE history/runs/{job}", None, 501),
        ("GET history/runs/{job}/metrics", None, 501),
    ],
)
def test_what_is_not_there_is_said(
    request_line: str, body: Any, status: int, shared: Arm, job: str
) -> None:
    method, _, path = request_line.format(job=job).partition(" ")
    answer = ask(shared, method, path, body)
    assert answer.status_code == status
    assert answer.json()["error"].keys() >= {"code", "message"}


def test_a_trial_has_no_changes_of_its_own(shared: Arm, sweep: str) -> None:
    answer = ask(shared, "PATCH", f"history/runs/{sweep}_0", {"displayName": "x"})
    assert answer.status_code == 400
    assert sweep in answer.json()["error"]["message"]


def test_another_workspace_is_not_here(shared: Arm, job: str) -> None:
    path = f"/history/v1.0{shared.id}2/runs/{job}"
    assert shared.http.get(path).status_code == 404
