"""Artifact locations in MLflow's database, which are absolute: corrected when a folder was moved."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_LOCATIONS = (
    ("experiments", "artifact_location"),
    ("runs", "artifact_uri"),
    ("logged_models", "artifact_location"),
    ("model_versions", "source"),
    ("model_versions", "storage_location"),
)


def relocate(database: Path, artifacts: Path) -> None:
    """Make artifact locations point into the folder of artifacts, wherever it was before.

    Locations elsewhere are kept. The default experiment says where the folder was.

    Args:
        database: MLflow's database, in its current version.
        artifacts: folder of the artifacts.
    """
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        sql = "SELECT artifact_location FROM experiments WHERE experiment_id = 0"
        (location,) = connection.execute(sql).fetchone() or ("",)
        before = Path(location).parent
        if not before.is_absolute() or before == artifacts:
            return
        connection.execute("BEGIN IMMEDIATE")
        for old, new in (
            (str(before), str(artifacts)),
            (before.as_uri(), artifacts.as_uri()),
        ):
            _replace_prefix(connection, f"{old}/", f"{new}/")
        connection.execute("COMMIT")


def _replace_prefix(connection: sqlite3.Connection, old: str, new: str) -> None:
    for table, column in _LOCATIONS:
        connection.execute(
            f"UPDATE {table} SET {column} = ? || substr({column}, ?) "  # noqa: S608
            f"WHERE substr({column}, 1, ?) = ?",
            (new, len(old) + 1, len(old), old),
        )
