"""Version of MLflow's database: checked when the server starts, upgraded before its first use."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from amlrest_emulator.schemas.schema import (
    UnusableFolderError,
    check_pages,
    damage_told,
    damaged,
)


def check(database: Path) -> None:
    """Check MLflow's database, if there is one, without importing MLflow.

    Raises:
        UnusableFolderError: it is damaged, or of a newer MLflow than the installed one.
    """
    if database.exists() and _revision(database) not in _known_revisions():
        raise UnusableFolderError(
            f"{database} was written by a newer MLflow than the installed one; "
            "upgrade MLflow, or choose another state folder"
        )


def upgrade(database: Path) -> None:
    """Bring the database to the revision of the installed MLflow.

    MLflow's upgrade is not one transaction, so it is made in a copy that is then written back as
    one.

    Raises:
        RuntimeError: MLflow could not upgrade it; it is unchanged.
    """
    if _revision(database) == _newest_revision():
        return
    copy = database.with_name("mlflow.new") / database.name
    shutil.rmtree(copy.parent, ignore_errors=True)
    copy.parent.mkdir()
    _copy(database, copy)
    command = [sys.executable, "-m", "mlflow", "db", "upgrade", f"sqlite:///{copy.resolve()}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise RuntimeError(f"MLflow could not upgrade {database}: {reason}")
    _copy(copy, database)
    shutil.rmtree(copy.parent)


def _copy(source: Path, target: Path) -> None:
    """Replace the content of a database by that of another one in one transaction."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _revision(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        check_pages(connection, database)
        with damage_told(database):
            try:
                rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            except sqlite3.OperationalError:
                rows = []
    if not rows:
        raise damaged(database, "MLflow's revision is missing")
    return str(rows[0][0])


def _known_revisions() -> set[str]:
    return {path.stem.partition("_")[0] for path in (_migrations() / "versions").glob("*.py")}


def _newest_revision() -> str | None:
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(_migrations())).get_current_head()


def _migrations() -> Path:
    package = find_spec("mlflow")
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise ModuleNotFoundError("No module named 'mlflow'", name="mlflow")
    return Path(folders[0]) / "store/db_migrations"
