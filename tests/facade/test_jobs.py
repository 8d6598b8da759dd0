"""Jobs that run in a running local workspace."""

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from amlrest import (
    AmlCompute,
    CommandJob,
    DataAsset,
    Environment,
    Input,
    SweepJob,
    Trial,
    choice,
    minimize,
    uniform,
)
from amlrest.errors import (
    DeadlineError,
    JobCanceledError,
    JobFailedError,
    ResourceExistsError,
    ResourceNotFoundError,
    ValidationError,
)

pytestmark = pytest.mark.both_answers


SCRIPT = """\
import os, sys, mlflow
print("input", open(os.environ["AZURE_ML_INPUT_table"]).read().strip())
rate = float(sys.argv[1])
mlflow.log_metrics({"loss": rate * 2})
mlflow.log_param("seen", rate)
os.makedirs("outputs", exist_ok=True)
open("outputs/model.txt", "w").write(sys.argv[1])
"""
ENVIRONMENT = Environment(image="img")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "main.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "table.csv").write_text("a,b", encoding="utf-8")
    return folder


def echo(**options: Any) -> CommandJob:
    values: dict[str, Any] = {
        "command": "echo hi",
        "environment": ENVIRONMENT,
        "compute": "cpu-cluster",
    }
    return CommandJob(**(values | options))


@pytest.mark.slow
def test_a_command_job_with_everything_local(ws: Any, source: Path, tmp_path: Path) -> None:
    job = echo(
        command="python main.py 0.25",
        code=source,
        inputs={"table": source.parent / "table.csv"},
        experiment_name="facade-jobs",
    )
    made = ws.jobs.submit(job)
    assert made.created
    seen: list[str] = []
    done = ws.jobs.wait(made, timeout=120, on_status=seen.append, poll_interval=0.1)
    assert done.status == seen[-1] == "Completed"
    assert len(seen) == len(set(seen)), "each status is reported once"
    assert ws.jobs.metrics(done) == {"loss": 0.5}
    assert ws.jobs.metric_history(done, "loss") == [(0, 0.5)]
    logs = ws.jobs.logs(done)
    assert any("input a,b" in ws.jobs.log_text(done, name) for name in logs)
    ws.jobs.download(done, tmp_path / "out")
    assert (tmp_path / "out/outputs/model.txt").read_text() == "0.25"


def test_a_stream_says_every_line_once(ws: Any) -> None:
    made = ws.jobs.submit(echo(command="for i in 1 2 3; do echo line $i; done; printf end"))
    events = list(ws.jobs.stream(made, timeout=60, poll_interval=0.1))
    assert [e.text for e in events if e.kind == "log"] == ["line 1", "line 2", "line 3", "end"]
    assert [e.text for e in events if e.kind == "status"][-1] == "Completed"


def test_a_command_job_has_no_trials(ws: Any) -> None:
    job = ws.jobs.submit(echo(command="true"))
    for read in (ws.jobs.trials, ws.jobs.trials_frame):
        with pytest.raises(ValidationError, match="only sweep jobs have trials"):
            read(job.name)


def test_a_compute_that_does_not_exist_is_told_with_a_similar_one(ws: Any) -> None:
    with pytest.raises(
        ResourceNotFoundError, match="'cpu-clster' does not exist; did you mean 'cpu-cluster'"
    ) as caught:
        ws.jobs.submit(echo(compute="cpu-clster"))
    assert caught.value.operation_id == "Compute_Get"


def test_a_failure_carries_its_error_and_the_end_of_the_log(ws: Any) -> None:
    made = ws.jobs.submit(echo(command="echo the reason; exit 3"))
    with pytest.raises(JobFailedError, match="the reason") as caught:
        ws.jobs.wait(made, timeout=60, poll_interval=0.1)
    assert caught.value.job.status == "Failed"
    assert caught.value.log_tail == "the reason"
    assert "3" in str(caught.value.error)
    kept = ws.jobs.wait(made, timeout=60, raise_on_failure=False)
    assert kept.status == "Failed"


def test_a_deadline_leaves_the_job_running_and_cancel_stops_it(ws: Any) -> None:
    made = ws.jobs.submit(echo(command="sleep 100"))
    with pytest.raises(DeadlineError, match=made.name):
        ws.jobs.wait(made, timeout=0.5, poll_interval=0.1)
    assert not ws.jobs.get(made).is_finished
    ws.jobs.cancel(made)
    with pytest.raises(JobCanceledError):
        ws.jobs.wait(made.id, timeout=60, poll_interval=0.1)


def test_a_name_makes_one_job_however_often_it_is_submitted(ws: Any, unique: str) -> None:
    first = ws.jobs.submit(echo(name=unique))
    again = ws.jobs.submit(echo(name=unique))
    assert (first.created, again.created, again.id) == (True, False, first.id)
    with pytest.raises(ResourceExistsError, match="taken by another job"):
        ws.jobs.submit(echo(name=unique, command="echo other"))
    assert ws.jobs.wait(first, timeout=60).command == "echo hi"


@pytest.mark.slow
def test_a_taken_name_leaves_nothing_of_the_second_job(
    fresh: Any, fresh_workspace: Any, source: Path
) -> None:
    fresh.jobs.submit(echo(name="taken", code=source))
    before = len(requests_of(fresh_workspace))
    (source / "main.py").write_text("print('other')", encoding="utf-8")
    other = Environment(image="another")
    with pytest.raises(ResourceExistsError, match="'taken' is taken by another job"):
        fresh.jobs.submit(echo(name="taken", code=source, environment=other))
    made = [each for each in requests_of(fresh_workspace)[before:] if each["method"] == "PUT"]
    assert made == []


@pytest.mark.slow
def test_a_second_try_brings_back_what_the_job_of_that_name_uses(fresh: Any, source: Path) -> None:
    first = fresh.jobs.submit(echo(name="again", code=source))
    fresh.codes.delete(first.code)
    again = fresh.jobs.submit(echo(name="again", code=source))
    assert (again.created, again.id) == (False, first.id)


def test_jobs_are_listed_changed_and_deleted(ws: Any, unique: str) -> None:
    job = ws.jobs.submit(echo(tags={"test": unique}, properties={"kept": "yes"}))
    ws.jobs.wait(job, timeout=60, poll_interval=0.1)
    found = list(ws.jobs.list(status="completed", job_type="command", tags={"test": unique}))
    assert [each.name for each in found] == [job.name]
    assert list(ws.jobs.list(status="failed", tags={"test": unique})) == []
    found[0].tags["more"] = "1"
    assert ws.jobs.update(found[0]).tags == {"test": unique, "more": "1"}
    assert ws.jobs.get(job.name).properties == {"kept": "yes"}
    ws.jobs.delete(job)
    with pytest.raises(ResourceNotFoundError):
        ws.jobs.get(job)


@pytest.mark.slow
def test_a_sweep_tries_its_search_space_and_knows_the_best(ws: Any, source: Path) -> None:
    data = ws.data.create(DataAsset(path=source.parent / "table.csv"))
    sweep = ws.jobs.submit(
        SweepJob(
            trial=Trial(
                command="python main.py {search_space.rate}",
                code=source,
                environment=ENVIRONMENT,
                inputs={"table": Input(data, mode="download")},
            ),
            compute="cpu-cluster",
            algorithm="grid",
            search_space={"rate": choice(0.5, 0.1)},
            objective=minimize("loss"),
            max_total_trials=2,
            max_concurrent_trials=2,
            timeout="PT10M",
            experiment_name="facade-sweeps",
        )
    )
    assert sweep.search_space == {"rate": choice(0.5, 0.1)}
    done = ws.jobs.wait(sweep, timeout=200, poll_interval=0.2)
    trials = ws.jobs.trials(done)
    assert {trial.metrics["loss"] for trial in trials} == {1.0, 0.2}
    assert {trial.status for trial in trials} == {"Completed"}
    assert ws.jobs.best_trial(done).metrics["loss"] == 0.2


def test_a_sweep_that_cannot_be_sends_nothing(fresh: Any, fresh_workspace: Any) -> None:
    bad = SweepJob(
        trial=Trial(command="x", environment=ENVIRONMENT),
        compute="cpu-cluster",
        algorithm="grid",
        search_space={"rate": uniform(0, 1)},
        objective=minimize("loss"),
    )
    with pytest.raises(ValidationError, match="grid algorithm does not support uniform"):
        fresh.jobs.submit(bad)
    assert requests_of(fresh_workspace) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"compute": "nowhere"},
        {"environment": "azureml:nothing:1", "code": "SOURCE"},
        {"code": "azureml:nothing:1"},
        {"inputs": {"x": "azureml:nothing:1"}},
        {"inputs": {"x": "nothing"}},
        {"outputs": {"kept": "nowhere"}},
    ],
)
def test_a_reference_to_nothing_leaves_the_workspace_as_it_was(
    fresh: Any, source: Path, wrong: dict[str, Any]
) -> None:
    if wrong.get("code") == "SOURCE":
        wrong = wrong | {"code": source}
    with pytest.raises(ResourceNotFoundError):
        fresh.jobs.submit(echo(**wrong))
    for collection in (fresh.environments, fresh.codes, fresh.data, fresh.jobs):
        assert list(collection.list()) == []


def control(local: Any, method: str, path: str, body: Any = None) -> Any:
    request = urllib.request.Request(
        f"{local.endpoint}/_local/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"authorization": f"Bearer {local.token}", "content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read() or b"null")


def requests_of(local: Any) -> list[dict[str, Any]]:
    return [each for each in control(local, "GET", "requests")["value"] if each["operation"]]


def waves(requests: list[dict[str, Any]]) -> int:
    """Sequential round trips: a request belongs to the wave of those it did not wait for."""
    count, ends = 0, -1.0
    for each in sorted(requests, key=lambda r: r["start"]):
        if each["start"] >= ends:
            count, ends = count + 1, each["end"]
    return count


@pytest.mark.slow
def test_round_trips_of_a_submission(fresh: Any, fresh_workspace: Any, source: Path) -> None:
    job = echo(code=source, inputs={"table": source.parent / "table.csv"})
    list(fresh.computes.list())
    control(fresh_workspace, "POST", "faults", {"effect": "latency", "latency_ms": 200})
    before = len(requests_of(fresh_workspace))
    fresh.jobs.submit(job)
    first = requests_of(fresh_workspace)[before:]
    fresh.jobs.submit(job)
    second = requests_of(fresh_workspace)[before + len(first) :]
    assert waves(first) <= 5
    assert waves(second) <= 2
    assert [each["method"] for each in second].count("PUT") == 1


def test_the_compute_may_be_an_object(ws: Any) -> None:
    compute = ws.computes.get("cpu-cluster")
    assert isinstance(compute, AmlCompute)
    job = ws.jobs.submit(echo(compute=compute))
    assert job.compute == compute.id
    assert ws.jobs.wait(job, timeout=60).status == "Completed"
