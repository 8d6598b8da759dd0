"""Tracking: metrics that commands log to real MLflow are read under the job's name."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from amlrest_emulator import LocalWorkspace

from tests.emulator.arm import Arm
from tests.emulator.job_requests import command_job, details, mlflow, name, submit, sweep_job, wait

pytestmark = pytest.mark.slow

LOG = (
    "python -c 'import mlflow, sys\n"
    "with mlflow.start_run():\n"
    '    mlflow.log_param("own", "1")\n'
    '    [mlflow.log_metric("loss", float(sys.argv[-1]) + 1 / (i + 1), step=i) for i in range(3)]\''
)

Tracked = tuple[str, str, dict[str, Any]]


@pytest.fixture(scope="module")
def tracked(local_workspace: LocalWorkspace) -> Tracked:
    """A finished command job and a finished sweep: name → properties."""
    arm = Arm(local_workspace)
    job, sweep = name("tracked"), name("sweep")
    submit(arm, job, command_job(arm, f"{LOG} 0", experimentName="tracking tests"))
    space = {"--x": ["choice", [[2, 1]]]}
    submit(arm, sweep, sweep_job(arm, LOG, space, experimentName="tracking tests"))
    wait(arm, job)
    done = wait(arm, sweep)
    return job, sweep, done


def test_run_is_found_by_job_name(arm: Arm, tracked: Tracked) -> None:
    job, _, _ = tracked
    run = mlflow(arm, "runs/get", run_id=job)["run"]
    assert run["info"]["run_id"] == job
    assert run["info"]["run_name"] == job
    assert run["info"]["status"] == "FINISHED"
    assert [(m["key"], m["value"]) for m in run["data"]["metrics"]] == [
        ("loss", pytest.approx(1 / 3))
    ]
    assert {"key": "own", "value": "1"} in run["data"]["params"]


def test_metric_history(arm: Arm, tracked: Tracked) -> None:
    history = mlflow(arm, "metrics/get-history", run_id=tracked[0], metric_key="loss")["metrics"]
    assert [point["step"] for point in history] == [0, 1, 2]
    assert [point["value"] for point in history] == pytest.approx([1, 1 / 2, 1 / 3])


def test_trials_are_found_by_the_name_of_the_sweep(arm: Arm, tracked: Tracked) -> None:
    _, sweep, done = tracked
    assert done["status"] == "Completed", done
    assert done["properties"]["best_child_run_id"] == f"{sweep}_1"
    assert float(done["properties"]["score"]) == pytest.approx(1 + 1 / 3)
    experiment = mlflow(arm, "experiments/get-by-name", experiment_name="tracking tests")
    runs = mlflow(
        arm,
        "runs/search",
        experiment_ids=[experiment["experiment"]["experiment_id"]],
        filter=f"tags.mlflow.parentRunId = '{sweep}'",
    )["runs"]
    assert {run["info"]["run_id"] for run in runs} == {f"{sweep}_0", f"{sweep}_1"}
    parameters = {
        run["info"]["run_id"]: {p["key"]: p["value"] for p in run["data"]["params"]} for run in runs
    }
    assert parameters[f"{sweep}_0"] == {"own": "1", "x": "2"}
    assert all({"key": "mlflow.parentRunId", "value": sweep} in run["data"]["tags"] for run in runs)


def test_search_in_pages(arm: Arm, tracked: Tracked) -> None:
    experiment = mlflow(arm, "experiments/get-by-name", experiment_name="tracking tests")
    ids = [experiment["experiment"]["experiment_id"]]
    first = mlflow(arm, "runs/search", experiment_ids=ids, max_results=2)
    rest = mlflow(arm, "runs/search", experiment_ids=ids, page_token=first["next_page_token"])
    assert len(first["runs"]) == 2
    assert len(rest["runs"]) == 2
    assert len({run["info"]["run_id"] for run in first["runs"] + rest["runs"]}) == 4


def test_details_of_a_trial(arm: Arm, tracked: Tracked) -> None:
    _, sweep, _ = tracked
    found = details(arm, f"{sweep}_0", "tracking tests")
    assert found["parentRunId"] == sweep
    assert found["status"] == "Completed"
    assert found["startTimeUtc"] < found["endTimeUtc"]


def test_what_is_not_there_or_not_supported(arm: Arm) -> None:
    base = f"/mlflow/v1.0{arm.id}/api/2.0/mlflow"
    unknown = arm.http.get(f"{base}/runs/get", params={"run_id": "0" * 32})
    assert (unknown.status_code, unknown.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")
    assert arm.http.post(f"{base}/runs/create", json={}).status_code == 501
    assert arm.http.post(f"{base}/runs/search", content=b"{").status_code == 400
    bad = arm.http.post(f"{base}/runs/search", json={"experiment_ids": ["1"], "filter": "no such"})
    assert bad.status_code == 400
    elsewhere = base.replace("workspaces/local", "workspaces/other")
    assert arm.http.get(f"{elsewhere}/runs/get", params={"run_id": "x"}).status_code == 404
    assert httpx.get(f"{arm.endpoint}{base}/runs/get").status_code == 401
