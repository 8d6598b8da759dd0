"""A state folder as amlrest wrote it before its databases had versions, from SQL and constants."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

SOURCES = Path(__file__).parent
FILES = {
    "blobs/azureml/37/377df8f370284925a2478d494603ef55": b"hi\n",
    "blobs/azureml-blobstore/9a/9a07ee2e438445a191e4a62f01a31e69": b"hello",
    "blobs/azureml-blobstore/1a/1a13dd23e6b143618c83ef430f05389c": b"first",
    "blobs/azureml-blobstore/02/0200ba0afb324d0c91db3b23a2d8a6f0": b"second",
    "blobs/azureml-blobstore/0a/0a9929e3dacb4605968ed735d0bf6ecf": b" third",
    "jobs/cut/user_logs/std_log.txt": b"began\n",
    "jobs/cut/code/logs/a/b.txt": b"own log\n",
}


def write(folder: Path) -> None:
    """Write the folder."""
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    run_script(folder / "state.db", "state.sql")
    run_script(folder / "blobs/index.db", "index.sql")


def run_script(database: Path, name: str) -> None:
    """Run a script of this folder on a database in WAL mode."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript((SOURCES / name).read_text(encoding="utf-8"))
