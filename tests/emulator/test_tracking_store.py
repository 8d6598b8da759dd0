"""MLflow's store in the state folder, after an interrupted creation."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from amlrest_emulator.tracking.store import MlflowTracking

pytestmark = pytest.mark.slow

HALF = 40
MAKE = (
    "import sys; from pathlib import Path;"
    "from amlrest_emulator.tracking.store import MlflowTracking;"
    "MlflowTracking(Path(sys.argv[1])).warm()"
)


def _tables(folder: Path) -> int:
    """How many tables the database has that is being made, wherever that is."""
    for path in folder.rglob("mlflow.db"):
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(sqlite3.connect(path)) as database,
        ):
            found: int = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            return found
    return 0


def test_a_crash_while_the_database_is_made_does_no_harm(tmp_path: Path) -> None:
    maker = subprocess.Popen([sys.executable, "-c", MAKE, str(tmp_path)])
    while _tables(tmp_path) < HALF:
        assert maker.poll() is None
        time.sleep(0.001)
    maker.kill()
    maker.wait()
    run = MlflowTracking(tmp_path).create_run("job", "after the crash", "", {})
    assert MlflowTracking(tmp_path).metric_history(run.run_id, "loss") == []
    assert not (tmp_path / "mlflow.new").exists()


def test_a_process_whose_user_has_no_name_can_make_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)
    tracking = MlflowTracking(tmp_path)
    run = tracking.client.get_run(tracking.create_run("job", "nameless", "", {}).run_id)
    assert run.data.tags["mlflow.user"] == str(os.getuid())


def test_a_trial_has_its_hyperparameters_from_the_beginning(tmp_path: Path) -> None:
    tracking = MlflowTracking(tmp_path)
    sampled = {"--rate": 0.5, "kind": "gbdt"}
    run = tracking.client.get_run(tracking.create_run("s_0", "e", "parent", sampled).run_id)
    assert json.loads(run.data.tags["hyperparameters"]) == sampled
    assert run.data.params == {}, "the command may log them itself"
    huge = {"text": "x" * 9000}
    run = tracking.client.get_run(tracking.create_run("s_1", "e", "parent", huge).run_id)
    assert "hyperparameters" not in run.data.tags


def test_an_experiment_that_was_removed_meanwhile_is_created_again(tmp_path: Path) -> None:
    """As `mlflow gc` does it, beside the running server."""
    tracking = MlflowTracking(tmp_path)
    first = tracking.create_run("first", "exp", "", {})
    assert tracking.create_run("second", "exp", "", {}).experiment_id == first.experiment_id
    with contextlib.closing(sqlite3.connect(tmp_path / "mlflow.db")) as database, database:
        for table in ("tags", "runs", "experiment_tags", "experiments"):
            database.execute(f"DELETE FROM {table}")
    third = tracking.create_run("third", "exp", "", {})
    assert tracking.client.get_experiment(third.experiment_id).name == "exp"
