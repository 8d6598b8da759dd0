"""Files that a run logs to MLflow are among its output files, as on Azure ML."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from amlrest import CommandJob, Environment

from tests.facade.blocking_workspace import open_workspace
from tests.inspector import RUNS, Inspector

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

SCRIPT = """\
import os
from pathlib import Path

import mlflow
from sklearn.dummy import DummyRegressor

Path("outputs").mkdir()
Path("outputs/own.txt").write_text("an output")
Path("note.txt").write_text("an artifact")
with mlflow.start_run():
    mlflow.log_artifact("note.txt")
    mlflow.log_artifact("note.txt", "plots/first")
    mlflow.log_artifact("note.txt", "user_logs")
    mlflow.log_text("not the log", "user_logs/std_log.txt")
    mlflow.sklearn.log_model(
        DummyRegressor().fit([[0]], [1]), name="model", pip_requirements=["scikit-learn"]
    )
print("the log")
"""


@pytest.fixture(scope="module")
def inspector(local_workspace: "LocalWorkspace") -> Iterator[Inspector]:
    found = Inspector(local_workspace)
    yield found
    found.close()


@pytest.mark.slow
def test_logged_artifacts_and_models_are_files_of_the_run(
    local_workspace: "LocalWorkspace", inspector: Inspector, tmp_path: Path
) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/train.py").write_text(SCRIPT)
    job = CommandJob(
        command="python train.py",
        code=tmp_path / "src",
        environment=Environment(image="img"),
        compute="cpu-cluster",
        experiment_name="logged artifacts",
    )
    with open_workspace("sync", local_workspace) as workspace:
        done = workspace.jobs.wait(workspace.jobs.submit(job), timeout=120)
        workspace.jobs.download(done, tmp_path / "left")
    blobs = inspector.blobs(f"ExperimentRun/dcid.{done.name}", RUNS)
    assert blobs["note.txt"] == blobs["plots/first/note.txt"] == b"an artifact"
    assert blobs["outputs/own.txt"] == b"an output"
    assert b"flavors" in blobs["model/MLmodel"]
    assert b"the log" in blobs["user_logs/std_log.txt"]
    left = (path for path in (tmp_path / "left").rglob("*") if path.is_file())
    found = {path.relative_to(tmp_path / "left").as_posix(): path.read_bytes() for path in left}
    assert found == blobs
