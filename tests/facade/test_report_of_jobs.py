"""Reports of jobs in a running local workspace."""

from pathlib import Path
from typing import Any

import pytest
from amlrest import CommandJob, Environment, SweepJob, Trial, choice, minimize
from amlrest.errors import ResourceNotFoundError, ValidationError

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.reports import Page
from tests.facade.scripted_server import ReceivedRequest, Reply, Server

ENVIRONMENT = Environment(image="img")
TRAIN = (
    "import sys, mlflow; depth = float(sys.argv[-1]);"
    "[mlflow.log_metric('loss', depth / (n + 1), step=n) for n in range(3)];"
    "print('trained with', depth)"
)


@pytest.mark.slow
def test_a_sweep_its_trials_and_a_job_are_reported(ws: Any, unique: str, tmp_path: Path) -> None:
    sweep = SweepJob(
        name=unique,
        trial=Trial(
            command=f'[ {{search_space.depth}} = 9 ] && exit 4; python -c "{TRAIN}" {{search_space.depth}}',
            environment=ENVIRONMENT,
        ),
        compute="cpu-cluster",
        search_space={"depth": choice(2, 1, 9)},
        objective=minimize("loss"),
        algorithm="grid",
        max_total_trials=3,
        experiment_name="reports",
    )
    ws.jobs.wait(ws.jobs.submit(sweep), timeout=120, poll_interval=0.1)
    path = ws.jobs.report(unique, tmp_path / "sweep.html")
    found = Page(path.read_text())
    assert [row[1:4] for row in found.rows("Trials")[1:]] == [
        ["Completed", "0.3333", "1"],
        ["Completed", "0.6667", "2"],
        ["Failed", "", "9"],
    ]
    assert "ended with exit code 4" in found.section("Failed trials (1)").text
    assert found.section("Metrics of the best trial, 1").all("polyline")
    one = Page(ws.jobs.report(f"{unique}_1", tmp_path / "trial.html").read_text())
    assert "trained with 1.0" in one.section("Log").text
    assert one.rows("Metrics")[1:] == [["loss", "0.3333"]]
    assert ["depth", "1"] in one.rows("Parameters")
    assert "user_logs/std_log.txt" in one.section("Files").text
    both = Page(ws.jobs.report([unique, f"{unique}_0"], tmp_path / "both.html").read_text())
    rows = {row[0]: row[1:] for row in both.rows("Side by side")}
    assert rows["depth ≠"] == ["1", "2"]


@pytest.mark.parametrize("api", APIS)
def test_what_cannot_be_read_is_said_and_the_rest_is_reported(
    api: str, server: Server, tmp_path: Path
) -> None:
    def script(request: ReceivedRequest) -> Reply:
        is_job = request.path.partition("?")[0].endswith("/jobs/j")
        properties = {"jobType": "Command", "command": "train", "status": "Completed"}
        body = {"id": "x/jobs/j", "name": "j", "properties": properties}
        return Reply(200, body) if is_job else Reply(403, {"error": {"message": "not for you"}})

    server.script = script
    with open_workspace(api, server_at(server.url)) as workspace:
        found = Page(workspace.jobs.report("j", tmp_path / "job.html").read_text())
    notes = [each.text for each in found.root.all("p", "note")]
    assert {each.partition(" could not be read: ")[0] for each in notes} == {
        "The run",
        "Metrics",
        "The list of files",
    }
    assert all("not for you" in each for each in notes)
    assert ["command", "train"] in found.rows("Configuration")


def test_a_job_that_waits_is_reported_and_what_is_not_there_is_an_error(
    ws: Any, unique: str, tmp_path: Path
) -> None:
    job = CommandJob(
        name=unique, command="sleep 100", environment=ENVIRONMENT, compute="cpu-cluster"
    )
    ws.jobs.submit(job)
    try:
        found = Page(ws.jobs.report(unique, tmp_path / "job.html").read_text())
    finally:
        ws.jobs.cancel(unique)
    assert "it has not ended" in found.root.text
    for missing in ("nothing", f"{unique}_7"):
        with pytest.raises(ResourceNotFoundError, match=missing):
            ws.jobs.report(missing, tmp_path / "nothing.html")
    with pytest.raises(ValidationError, match="at least one"):
        ws.jobs.report([], tmp_path / "nothing.html")
    assert not (tmp_path / "nothing.html").exists()
