"""Job runner harness: a runner in a temporary folder, with helpers to submit and wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from amlrest_emulator.blob import BlobStore
from amlrest_emulator.runner import Nodes, Runner, RunRecord, RunStore, Services
from amlrest_emulator.runner.environments import Environments
from amlrest_emulator.runner.launcher import Launcher
from amlrest_emulator.runner.plan import CommandPlan, SweepPlan
from amlrest_emulator.runner.staging import fetch
from amlrest_emulator.state import State

from tests.emulator.fake_tracking import FolderTracking

TERMINAL = {"Completed", "Failed", "Canceled"}


class Harness:
    """State folder, stores and runner of one test."""

    def __init__(self, folder: Path, nodes: int = 2, *, build: bool = False) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.state = State(folder / "state.db")
        self.blobs = BlobStore(folder / "blobs")
        for container in ("azureml", "data"):
            self.blobs.ensure_container(container)
        self.runs = RunStore(self.state)
        self.tracking = FolderTracking(folder / "tracked")
        launcher = Launcher()
        self.services = Services(
            folder=folder / "jobs",
            blobs=self.blobs,
            runs=self.runs,
            tracking=self.tracking,
            nodes=Nodes(lambda _: nodes),
            scope=("sub", "group", "local"),
            capacity=lambda _: nodes,
            launcher=launcher,
            environments=Environments(
                folder / "environments",
                launcher,
                build=build,
                fetch=lambda source, target: fetch(source, target, self.blobs, "build context"),
                shared=(folder / "tracked",),
            ),
            job_tracking=lambda _: {},
            grace=1.0,
        )
        self.runner = Runner(self.services)

    def add(self, name: str, plan: CommandPlan | SweepPlan) -> RunRecord:
        """Add a run to the store without starting it."""
        kind = "sweep" if isinstance(plan, SweepPlan) else "command"
        record = RunRecord(name, kind, "NotStarted", "exp", plan.to_json(), created=time.time())
        self.runs.add(record)
        return record

    def submit(self, name: str, plan: CommandPlan | SweepPlan | str) -> None:
        """Submit a plan, or a plain command."""
        if isinstance(plan, str):
            plan = command(plan)
        self.runner.submit(self.add(name, plan))

    def wait(self, name: str, until: Callable[[RunRecord], bool] | None = None) -> RunRecord:
        """Wait until a run is terminal, or meets a condition, and return it."""
        done = until or (lambda record: record.status in TERMINAL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            record = self.runs.find(name)
            if record and done(record):
                return record
            threading.Event().wait(0.02)
        raise AssertionError(f"{name} is {record and record.status} after 30 s")

    def blob(self, name: str, container: str = "azureml") -> bytes:
        """Return the content of a blob."""
        from amlrest_emulator.blob import chunks

        record = self.blobs.blob(container, name)
        return b"".join(chunks(self.blobs, record, 0, record.size))

    def log(self, name: str) -> str:
        """Return the combined log of a run."""
        return self.blob(f"ExperimentRun/dcid.{name}/user_logs/std_log.txt").decode()

    def close(self) -> None:
        """Stop the runner and close the stores."""
        self.runner.stop()
        self.blobs.close()
        self.state.close()


@contextmanager
def running_harness(folder: Path, nodes: int = 2, *, build: bool = False) -> Iterator[Harness]:
    """Yield a started runner and stop it when the block ends."""
    harness = Harness(folder, nodes, build=build)
    harness.runner.start()
    try:
        yield harness
    finally:
        harness.close()


def command(text: str, **fields: Any) -> CommandPlan:
    """Return the plan of a single command."""
    return CommandPlan(command=text, compute="cpu-cluster", experiment="exp", **fields)
