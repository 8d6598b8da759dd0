"""MLflow's database of an older MLflow, in a folder that was moved."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from amlrest_emulator.runner.open_runs import OpenRun
from amlrest_emulator.tracking import migration
from amlrest_emulator.tracking.store import MlflowTracking

pytestmark = pytest.mark.slow

ONCE = "/where/it/was/once/mlruns"
MANY_REVISIONS_AGO = 25


def revisions() -> list[str]:
    """Return MLflow's revisions as alembic sees them, newest first."""
    from alembic.script import ScriptDirectory

    folder = migration._migrations()
    return [item.revision for item in ScriptDirectory(str(folder)).walk_revisions()]


def write_old_database(path: Path, revision: str) -> None:
    """Write a database of an older MLflow with its own migrations, and rows as it wrote them."""
    from alembic import command
    from alembic.config import Config
    from mlflow.store.db_migrations import versions
    from mlflow.store.tracking.dbmodels.initial_models import Base
    from sqlalchemy import create_engine

    url = f"sqlite:///{path}"
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()
    config = Config()
    config.set_main_option("script_location", str(Path(versions.__path__[0]).parent))
    config.set_main_option("sqlalchemy.url", url)
    command.upgrade(config, revision)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"""
            INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage)
            VALUES (0, 'Default', '{ONCE}/0', 'active'),
                (1, 'e 1', 'file://{ONCE}/e_1-00000000', 'active'),
                (2, 'own', 'file:///elsewhere/mlruns/x', 'active');
            INSERT INTO runs (run_uuid, name, status, lifecycle_stage, experiment_id, artifact_uri,
                source_type, start_time, end_time, user_id)
            VALUES ('r1', 'job', 'FINISHED', 'active', 1, 'file://{ONCE}/e_1-00000000/r1/artifacts',
                'LOCAL', 1, 2, 'ada'),
                ('r2', 'own', 'FINISHED', 'active', 2, 'file:///elsewhere/mlruns/x/r2/artifacts',
                'LOCAL', 1, 2, 'ada');
            INSERT INTO metrics (run_uuid, key, value, timestamp, step, is_nan)
            VALUES ('r1', 'loss', 0.5, 1, 0, 0), ('r1', 'loss', 0.25, 2, 1, 0);
        """)


def test_it_is_upgraded_and_its_artifacts_are_found(tmp_path: Path) -> None:
    known = revisions()
    assert migration._known_revisions() >= set(known)
    folder = tmp_path / "a folder"
    folder.mkdir()
    write_old_database(folder / "mlflow.db", known[MANY_REVISIONS_AGO])
    migration.check(folder / "mlflow.db")
    for _ in range(2):
        tracking = MlflowTracking(folder)
        assert tracking.metric_history("r1", "loss") == [0.5, 0.25]
        here = folder / "mlruns"
        assert tracking.artifacts("r1") == {"": here / "e_1-00000000/r1/artifacts"}
        assert tracking.artifacts("r2") == {"": Path("/elsewhere/mlruns/x/r2/artifacts")}
        created = tracking.create_run("new", "e 1", "", {})
        assert tracking.open_runs() == [
            OpenRun(created.run_id, created.experiment_id, "new", "e 1")
        ]
        tracking.finish_run(created.run_id, "Completed")
        assert tracking.open_runs() == []
        assert tracking.artifacts(created.run_id)[""].is_relative_to(here)
    with closing(sqlite3.connect(folder / "mlflow.db")) as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(known[0],)]
    assert {path.name for path in folder.iterdir()} == {"mlflow.db", "mlruns"}


def test_an_upgrade_that_fails_leaves_it_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "mlflow.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE alembic_version AS SELECT 'old' AS version_num")
        connection.commit()
    before = database.read_bytes()
    monkeypatch.setattr(migration, "_newest_revision", lambda: "new")
    with pytest.raises(RuntimeError, match=r"MLflow could not upgrade .*mlflow\.db: .*old"):
        migration.upgrade(database)
    assert database.read_bytes() == before
