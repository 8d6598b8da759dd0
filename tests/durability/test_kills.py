"""kill -9 at random points: nothing acknowledged is lost, no process and no file is left."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.durability.clients import QUICK, TERMINAL, Clients, Connection, DeadServerError
from tests.durability.mortal_server import Life, MortalServer
from tests.emulator import unversioned_folder

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="requires /proc (Linux)"),
]

KILLS = int(os.environ.get("AMLREST_KILLS", "300"))
SEED = os.environ.get("AMLREST_KILL_SEED", "1")
_LONGEST_START, _LONGEST_PAUSE = 0.1, 0.02
_MOST_CHANGES, _MOST_STEPS = 30, 900


class Survivor:
    """Kills servers on one state folder and checks each next one."""

    def __init__(self, servers: MortalServer) -> None:
        self.servers = servers
        self.clients = Clients(SEED)
        self.choice = random.Random(SEED)
        self.kills: Counter[str] = Counter()
        self.requests_read_back = 0
        self.metrics = 0

    def kill_one(self, number: int) -> None:
        """Start a server, check what the killed one left, write to it and kill it."""
        way = self.choice.choice(("start", "work", "work", "step", "step"))
        killed_at = time.time()
        life = self.servers.serve(self.choice.randrange(1, _MOST_STEPS) if way == "step" else None)
        if way == "start":
            _pause(self.choice.uniform(0, _LONGEST_START))
            life.end()
        elif life.next_report():
            self._live(life, number, killed_at, way)
        life.end()
        assert life.status == -signal.SIGKILL, (life.reports, life.status)
        self.kills[way] += 1

    def _live(self, life: Life, number: int, killed_at: float, way: str) -> None:
        assert isinstance(life.reports[0], dict), life.reports
        try:
            connection = Connection(life.reports[0])
            self._read_back(connection, killed_at)
        except DeadServerError:
            return
        threads = [
            threading.Thread(target=write, args=(Connection(life.reports[0]),), daemon=True)
            for write in self.clients.writers(number)
        ]
        for thread in threads:
            thread.start()
        if way == "work":
            self.clients.ledger.wait_for(self.choice.randrange(1, _MOST_CHANGES))
            _pause(self.choice.uniform(0, _LONGEST_PAUSE))
        else:
            threads[0].join(5)
        life.end()
        for thread in threads:
            thread.join()

    def _read_back(self, connection: Connection, killed_at: float) -> None:
        ledger = self.clients.ledger
        names = sorted(ledger.items)
        sample = self.choice.sample(names, min(5, len(names)))
        self.clients.read_back(connection, [*sorted(ledger.changed), *sample])
        for name in list(self.clients.jobs)[-6:]:
            self.clients.read_job(connection, name)
        _wait_until(lambda: not _processes(self.servers.folder, killed_at))

    def log_and_kill(self, run: tuple[str, str], number: int) -> None:
        """Kill a process that logs a metric; what it has reported is read from the server."""
        job, run_id = run
        writer = self.servers.log_metric(run_id, f"m{number}")
        while len(writer.reports) < self.choice.randrange(1, 20) and writer.next_report():
            pass
        _pause(self.choice.uniform(0, 0.01))
        writer.end()
        assert writer.status == -signal.SIGKILL, writer.reports
        life = self.servers.serve()
        assert life.next_report()
        found = Connection(life.reports[0]).metric(job, f"m{number}")
        acknowledged = [float(value) for value in writer.reports]
        assert found[: len(acknowledged)] == acknowledged
        assert len(found) <= len(acknowledged) + 1
        life.end()
        self.metrics += len(acknowledged)
        self.kills["writer"] += 1

    def first_job(self) -> tuple[str, str]:
        """Run one job to its end; return its name and its run in MLflow."""
        life = self.servers.serve()
        assert life.next_report()
        connection = Connection(life.reports[0])
        self.clients.submit(connection, QUICK)
        self.finish(connection)
        life.end()
        (name,) = self.clients.jobs
        with closing(sqlite3.connect(self.servers.folder / "state.db")) as database:
            found = database.execute("SELECT run_id FROM runs WHERE name = ?", (name,)).fetchone()
        return name, found[0]

    def finish(self, connection: Connection) -> None:
        """Cancel the jobs that would not end, and wait until every job has ended."""
        unfinished = [name for name, status in self.clients.jobs.items() if status not in TERMINAL]
        for name in unfinished:
            if self.clients.ledger.items[f"jobs/{name}"].acknowledged != QUICK:
                connection.arm("POST", f"jobs/{name}/cancel")
        for name in unfinished:
            _wait_until(partial(self._has_ended, connection, name))

    def _has_ended(self, connection: Connection, name: str) -> bool:
        return self.clients.read_job(connection, name) in TERMINAL


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MortalServer]:
    folder = tmp_path_factory.mktemp("kills") / "state"
    folder.mkdir()
    with MortalServer(folder) as started:
        yield started


def test_nothing_is_lost_by_kills(
    servers: MortalServer, record_property: Callable[[str, object], None]
) -> None:
    folder, began = servers.folder, time.monotonic()
    survivor = Survivor(servers)
    run = survivor.first_job()
    for number in range(KILLS):
        if number % 15 == 7:
            survivor.log_and_kill(run, number)
        survivor.kill_one(number)
        assert survivor.clients.losses == []
    life = servers.serve()
    assert life.next_report()
    connection = Connection(life.reports[0])
    ledger = survivor.clients.ledger
    survivor.clients.read_back(connection, sorted(ledger.items))
    survivor.finish(connection)
    assert survivor.clients.losses == []
    life.end(signal.SIGTERM)
    assert life.status == 0, life.reports
    _wait_until(lambda: not _processes(folder, time.time()))
    _check_files(folder)
    ends = Counter(survivor.clients.jobs.values())
    record_property(
        "counts",
        f"kills: {survivor.kills.total()} ({_listed(survivor.kills)}), seed {SEED}, "
        f"{ledger.acknowledged} changes acknowledged, {ledger.in_doubt} in doubt, "
        f"{survivor.metrics} metrics, jobs: {_listed(ends)}, "
        f"{time.monotonic() - began:.0f} s",
    )


def test_a_migration_that_is_killed_is_made_at_the_next_start(
    servers: MortalServer, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    kills = 0
    for number, steps in enumerate(range(1, _MOST_STEPS, 12)):
        folder = tmp_path / str(number)
        unversioned_folder.write(folder)
        life = servers.serve(steps, folder)
        if life.next_report():
            life.end()
            break
        kills += 1
        life = servers.serve(folder=folder)
        assert life.next_report()
        connection = Connection(life.reports[0])
        assert connection.blob("GET", "big") == (200, b"firstsecond")
        status, data = connection.arm("GET", "data/iris/versions/1")
        assert (status, data["properties"]["description"]) == (200, "größer als 🌍")
        assert life.reports[0]["token"] == "an-old-token"
        life.end()
        assert {name: (folder / name).read_bytes() for name in unversioned_folder.FILES} == (
            unversioned_folder.FILES
        )
        assert not list(folder.glob("*.tmp"))
    assert kills > 5
    record_property("counts", f"kills of the first start on an old folder: {kills}")


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))


def _check_files(folder: Path) -> None:
    """Check that a stopped workspace has left only what its databases refer to."""
    assert {path.name for path in folder.iterdir()} <= {
        *("blobs", "environments", "jobs", "mlruns"),
        *("mlflow.db", "reserve", "server.lock", "state.db"),
    }
    with closing(sqlite3.connect(folder / "blobs/index.db")) as index:
        segments = index.execute("SELECT container, segments FROM blobs").fetchall()
        blocks = index.execute("SELECT container, file FROM blocks").fetchall()
    known = {f"{container}/{item[1]}" for container, text in segments for item in json.loads(text)}
    known |= {f"{container}/{file}" for container, file in blocks}
    stored = {path.relative_to(folder / "blobs").as_posix() for path in _files(folder / "blobs")}
    assert stored - {"index.db"} == known
    with closing(sqlite3.connect(folder / "state.db")) as state:
        runs = {row[0] for row in state.execute("SELECT key FROM runs")}
    assert {path.name for path in (folder / "jobs").iterdir()} <= runs


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _processes(folder: Path, before: float) -> list[int]:
    """Return the processes of jobs of a state folder that started before a moment."""
    mark = f"sqlite:///{folder}".encode()
    boot = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            ticks = int((path / "stat").read_text().rpartition(")")[2].split()[19])
            started = boot + ticks / os.sysconf("SC_CLK_TCK")
            if started < before - 0.02 and mark in (path / "environ").read_bytes():
                found.append(int(path.name))
        except OSError:
            continue
    return found


def _wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    for _ in itertools.takewhile(lambda _: not condition(), itertools.count()):
        assert time.monotonic() < deadline
        _pause(0.01)


def _pause(seconds: float) -> None:
    threading.Event().wait(seconds)
