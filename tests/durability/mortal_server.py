"""Server processes that start in a few hundredths of a second, to be killed.

Run as a program, it imports the server and MLflow once and forks a process for each life: a server
like that of ``python -m amlrest_emulator serve``, or a writer that logs a metric to MLflow as a job
does. Commands and reports are JSON lines on standard input and output.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import queue
import select
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]
_STEPS = {
    *("open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"),
    *("os.posix_spawn", "subprocess.Popen"),
}
_TIMEOUT = 60.0


class Life:
    """One process.

    Attributes:
        pid: process id.
        status: exit code, or minus the signal; None while it lives.
        reports: what it has reported, oldest first.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.status: int | None = None
        self.reports: list[Any] = []
        self._incoming: queue.Queue[dict[str, Any]] = queue.Queue()

    def tell(self, report: dict[str, Any]) -> None:
        """Deliver a report of the process."""
        self._incoming.put(report)

    def next_report(self) -> bool:
        """Wait for the next report; return False when the process has ended instead."""
        report = self._incoming.get(timeout=_TIMEOUT)
        if "ended" in report:
            self.status = report["ended"]
            return False
        self.reports.append(report["said"])
        return True

    def end(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal unless the process has ended, and wait for its end."""
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)
            while self.next_report():
                pass


class MortalServer:
    """Starts lives on one state folder.

    Args:
        folder: the state folder; the log is beside it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lives: dict[int, Life] = {}
        self._started: queue.Queue[Life] = queue.Queue()
        with folder.with_suffix(".log").open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-m", "tests.durability.mortal_server", str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
                text=True,
            )
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for life in list(self._lives.values()):
            life.end()
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def serve(self, steps: int | None = None, folder: Path | None = None) -> Life:
        """Start a server.

        Args:
            steps: statements and changes of files after which it kills itself; None for never.
            folder: another state folder.
        """
        return self._start(role="server", steps=steps, folder=str(folder or self.folder))

    def log_metric(self, run_id: str, key: str) -> Life:
        """Start a writer that logs 0, 1, 2, … and reports each when MLflow has stored it."""
        return self._start(role="writer", run_id=run_id, key=key, folder=str(self.folder))

    def _start(self, **command: Any) -> Life:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return self._started.get(timeout=_TIMEOUT)

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            report = json.loads(line)
            pid = report["pid"]
            life = self._lives.setdefault(pid, Life(pid))
            if "started" in report:
                self._started.put(life)
            else:
                life.tell(report)
            if "ended" in report:
                del self._lives[pid]


def _main() -> None:
    from amlrest_emulator import handlers, server  # noqa: F401 - imported once for all lives
    from amlrest_emulator.spec import SpecFolder

    handlers.load()
    SpecFolder.load = cache(SpecFolder.load)  # type: ignore[method-assign]
    folder = SpecFolder.find()
    folder.load(folder.current)
    _make_tracking_database(Path(sys.argv[1]))
    ended, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    while True:
        readable, _, _ = select.select([0, ended], [], [])
        if ended in readable:
            os.read(ended, 4096)
            _report_ends()
        if 0 in readable:
            line = os.read(0, 4096)
            if not line:
                return
            _start(json.loads(line))


def _make_tracking_database(folder: Path) -> None:
    """Create MLflow's database elsewhere, so that lives do not share its open connection."""
    from mlflow.tracking import MlflowClient

    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    elsewhere = folder.with_suffix(".mlflow")
    elsewhere.mkdir()
    os.chdir(elsewhere)
    MlflowClient(f"sqlite:///{elsewhere}/mlflow.db").search_experiments(max_results=1)
    (elsewhere / "mlflow.db").rename(folder / "mlflow.db")


def _start(command: dict[str, Any]) -> None:
    pid = os.fork()
    if pid:
        _report(pid=pid, started=True)
        return
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.chdir(command["folder"])
    try:
        (_serve if command["role"] == "server" else _write)(command)
    except BaseException as error:  # noqa: BLE001 - told to the test
        _report(pid=os.getpid(), said=f"{type(error).__name__}: {error}")
        os._exit(1)
    os._exit(0)


def _report_ends() -> None:
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            _report(pid=found[0], ended=os.waitstatus_to_exitcode(found[1]))


def _serve(command: dict[str, Any]) -> None:
    from amlrest_emulator import server
    from amlrest_emulator.files import StateFolder

    if command["steps"] is not None:
        countdown = _Countdown(command["steps"])
        sys.addaudithook(countdown.see)
        sqlite3.connect = countdown.traced(sqlite3.connect)
    options = server.Options(StateFolder(Path(command["folder"])))
    server.serve(options, lambda connection: _report(pid=os.getpid(), said=connection))


def _write(command: dict[str, Any]) -> None:
    from mlflow.tracking import MlflowClient

    client = MlflowClient(f"sqlite:///{command['folder']}/mlflow.db")
    for number in itertools.count():
        client.log_metric(command["run_id"], command["key"], number, step=number)
        _report(pid=os.getpid(), said=number)


class _Countdown:
    """Kills its own process before a certain SQL statement, change of a file or new process."""

    def __init__(self, steps: int) -> None:
        self._left = steps
        self._lock = threading.Lock()

    def see(self, event: str, _: tuple[Any, ...]) -> None:
        if event in _STEPS:
            self._step()

    def traced(self, connect: Callable[..., sqlite3.Connection]) -> Any:
        def connect_traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection = connect(*arguments, **options)
            connection.set_trace_callback(lambda _: self._step())
            return connection

        return connect_traced

    def _step(self) -> None:
        with self._lock:
            self._left -= 1
            if not self._left:
                os.kill(os.getpid(), signal.SIGKILL)


def _report(**content: Any) -> None:
    os.write(1, json.dumps(content).encode() + b"\n")


if __name__ == "__main__":
    _main()
