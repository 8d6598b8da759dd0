"""Versions of the state folder: old ones are migrated, newer and damaged ones refused."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from amlrest_emulator import StartError, start
from amlrest_emulator.blob import BlobStore
from amlrest_emulator.database import Database
from amlrest_emulator.schemas import BLOB_INDEX, STATE_DB, Schema, UnusableFolderError
from amlrest_emulator.state import State
from azure.storage.blob import BlobBlock, BlobServiceClient
from hypothesis import given
from hypothesis import strategies as st

from tests.emulator import unversioned_folder
from tests.emulator.arm import Arm

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

TABLES = {"state.db": STATE_DB, "blobs/index.db": BLOB_INDEX}


def pragma(database: Path, name: str) -> int | str:
    with closing(sqlite3.connect(database)) as connection:
        found: int | str = connection.execute(f"PRAGMA {name}").fetchone()[0]
        return found


def execute(database: Path, sql: str) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute(sql)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder except those of the server's log and lock."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    own = {"server.log", "server.lock"}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.name not in own and not path.name.endswith(("-shm", "-wal"))
    }


@pytest.fixture
def old_folder(tmp_path: Path) -> Path:
    """A state folder whose databases have no versions."""
    folder = tmp_path / "state"
    unversioned_folder.write(folder)
    return folder


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalWorkspace]:
    """A local workspace that was started on a state folder without versions."""
    folder = tmp_path_factory.mktemp("old") / "state"
    unversioned_folder.write(folder)
    with start(folder) as workspace:
        yield workspace


@pytest.mark.slow
class TestAnUnversionedFolder:
    def test_it_keeps_its_resources_and_keys(self, migrated: LocalWorkspace) -> None:
        arm = Arm(migrated)
        assert migrated.token == "an-old-token"
        data = arm("GET", "data/iris/versions/1").json()
        assert data["id"].endswith("/data/Iris/versions/1")
        assert data["properties"]["description"] == "größer als 🌍"
        assert data["systemData"]["createdAt"].startswith("2026-11-01T10:00:00")
        jobs = arm("GET", "jobs").json()["value"]
        assert {job["name"] for job in jobs} >= {"Done", "cut", "waiting"}
        keys = arm("POST", "datastores/workspaceblobstore/listSecrets").json()
        assert keys["key"] == "YW4gb2xkIGFjY291bnQga2V5"
        assert arm("GET", "computes/cpu-cluster").status_code == 200

    def test_it_keeps_its_blobs_and_uncommitted_blocks(self, migrated: LocalWorkspace) -> None:
        account = f"{migrated.endpoint}/amlrestlocal"
        service = BlobServiceClient(account, credential="YW4gb2xkIGFjY291bnQga2V5", retry_total=0)
        container = service.get_container_client("azureml-blobstore")
        assert container.get_container_properties().metadata == {"owner": "ada"}
        single = container.get_blob_client("a/b ü.txt")
        assert single.download_blob().readall() == b"hello"
        properties = single.get_blob_properties()
        assert properties.metadata == {"kept": "yes"}
        assert properties.content_settings.content_type == "application/x-thing"
        big = container.get_blob_client("big")
        assert big.download_blob().readall() == b"firstsecond"
        big.commit_block_list([BlobBlock("b1"), BlobBlock("b2"), BlobBlock("b3")])
        assert big.download_blob().readall() == b"firstsecond third"
        logs = service.get_container_client("azureml")
        for name, content in {
            "dcid.Done/user_logs/std_log.txt": b"hi\n",
            "dcid.Cut/user_logs/std_log.txt": b"began\n",
            "dcid.Cut/logs/a/b.txt": b"own log\n",
        }.items():
            assert logs.download_blob(f"ExperimentRun/{name}").readall() == content

    def test_its_jobs_and_operations_go_on(self, migrated: LocalWorkspace) -> None:
        arm = Arm(migrated)

        def status(job: str) -> str:
            found: str = arm("GET", f"jobs/{job}").json()["properties"]["status"]
            return found

        assert status("Done") == "Completed"
        wait_until(lambda: status("cut") == "Failed")
        wait_until(lambda: status("waiting") == "Completed")
        wait_until(lambda: arm("GET", "computes/leaving").status_code == 404)


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_new_database_and_a_migrated_one_have_the_same_tables(
    old_folder: Path, tmp_path: Path, name: str
) -> None:
    for path in (old_folder / name, tmp_path / "new.db"):
        Database(path, TABLES[name]).close()
    assert tables(old_folder / name) == tables(tmp_path / "new.db") != {}
    for path in (old_folder / name, tmp_path / "new.db"):
        assert pragma(path, "user_version") == len(TABLES[name].migrations)
        assert pragma(path, "application_id") == TABLES[name].application_id
        assert pragma(path, "journal_mode") == "wal"


def tables(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(database)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type != 'view'")
        return {
            name: connection.execute(f"PRAGMA table_info('{name}')").fetchall()
            for (name,) in names.fetchall()
        }


def test_a_migration_that_fails_changes_nothing(old_folder: Path) -> None:
    def fail(_: sqlite3.Connection) -> None:
        raise OSError("no room")

    before = contents(old_folder)
    extra = "CREATE TABLE more (x); INSERT INTO more VALUES (1);"
    schema = Schema(STATE_DB.application_id, (*STATE_DB.migrations, extra, fail))
    with pytest.raises(OSError, match="no room"):
        Database(old_folder / "state.db", schema)
    assert contents(old_folder) == before
    State(old_folder / "state.db").close()


def test_a_later_version_is_made_from_each_earlier_one(tmp_path: Path) -> None:
    steps = (
        "CREATE TABLE t (a TEXT); CREATE TRIGGER keep AFTER DELETE ON t BEGIN SELECT 1; END;",
        "INSERT INTO t VALUES ('; -- no end');",
        lambda db: db.execute("ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x'"),
    )
    for version in range(1, len(steps) + 1):
        path = tmp_path / f"{version}.db"
        for schema in (Schema(7, steps[:version]), Schema(7, steps), Schema(7, steps)):
            database = Database(path, schema)
            rows = [tuple(row) for row in database.execute("SELECT * FROM t")]
            database.close()
        assert rows == [("; -- no end", "x")]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_newer_database_is_refused_and_left_as_it_was(old_folder: Path, name: str) -> None:
    newer = len(TABLES[name].migrations) + 1
    execute(old_folder / name, f"PRAGMA user_version = {newer}")
    execute(old_folder / name, f"PRAGMA application_id = {TABLES[name].application_id}")
    before = contents(old_folder)
    with pytest.raises(StartError) as caught:
        start(old_folder)
    assert f"{old_folder / name} was written by a newer amlrest (version {newer};" in str(
        caught.value
    )
    assert "upgrade amlrest, or choose another state folder" in str(caught.value)
    assert contents(old_folder) == before
    assert "Traceback" not in (old_folder / "server.log").read_text()


def test_a_newer_tracking_database_is_refused(old_folder: Path) -> None:
    execute(old_folder / "mlflow.db", "CREATE TABLE alembic_version AS SELECT 'fff' version_num")
    with pytest.raises(StartError, match=r"mlflow\.db was written by a newer MLflow .* upgrade"):
        start(old_folder)


def _foreign(path: Path) -> None:
    path.unlink()
    execute(path, "CREATE TABLE cookies (host TEXT)")


def _others_id(path: Path) -> None:
    execute(path, "PRAGMA application_id = 1196444487")


def _no_database(path: Path) -> None:
    path.write_text("this is no database, whatever its name says")


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4096])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _no_column(path: Path) -> None:
    table = "runs" if path.name == "state.db" else "blobs"
    column = "outcome" if path.name == "state.db" else "metadata"
    execute(path, f"ALTER TABLE {table} DROP COLUMN {column}")


@pytest.mark.parametrize("name", sorted(TABLES))
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_foreign, "is a database of another program; choose another state folder"),
        (_others_id, "is a database of another program; choose another state folder"),
        (_no_database, "is damaged: file is not a database; restore the state folder from a"),
        (_cut_short, "is damaged: database disk image is malformed; restore"),
        (_empty, "is damaged: it is missing; restore"),
        (Path.unlink, "is damaged: it is missing; restore"),
        (_no_column, r"is damaged: the column (runs\.outcome|blobs\.metadata) is missing; rest"),
    ],
)
def test_a_database_that_is_not_ours_or_damaged_is_refused(
    old_folder: Path, name: str, change: Callable[[Path], None], reason: str
) -> None:
    merge_journals(old_folder)
    change(old_folder / name)
    before = contents(old_folder)
    with pytest.raises(StartError, match=f"{old_folder / name} {reason}"):
        start(old_folder)
    assert contents(old_folder).items() >= without_databases(before).items()
    assert "Traceback" not in (old_folder / "server.log").read_text()


def without_databases(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if not name.endswith(".db")}


def merge_journals(folder: Path) -> None:
    for name in TABLES:
        execute(folder / name, "PRAGMA journal_mode=DELETE")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated state folder with enough rows for several pages in every table."""
    folder = tmp_path_factory.mktemp("sound") / "state"
    unversioned_folder.write(folder)
    State(folder / "state.db").close()
    BlobStore(folder / "blobs").close()
    merge_journals(folder)
    return folder


@pytest.mark.slow
@given(st.sampled_from(sorted(TABLES)), st.data())
def test_whatever_is_damaged_the_reason_is_told(
    sound: Path, tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    content = bytearray((sound / name).read_bytes())
    start_at = data.draw(st.integers(0, len(content) - 1))
    junk = data.draw(st.binary(min_size=1, max_size=200))
    content[start_at : start_at + len(junk)] = junk
    length = data.draw(st.sampled_from([len(content), start_at]))
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / Path(name).name
    path.write_bytes(content[:length])
    with contextlib.suppress(UnusableFolderError):
        Database(path, TABLES[name]).close()
    shutil.rmtree(folder)
