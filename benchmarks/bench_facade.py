"""What the facade costs: round trips, start-up, long lists; each beside a limit or a peer.

    python benchmarks/bench_facade.py

Everything runs against one local workspace. Round trips are counted in its log of requests: the
longest chain of requests of which none began before the one before had ended. Azure's own SDK,
the peer of the start-up, is installed into `build/bench-venv` when it is not there. The jobs to
list are copied into the state of the local workspace, beside its API. The exit status is 1 when
a bar is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bars import Table
from documented import COMMAND, CONDA, IMAGE, documented, plain_client, workspace_id

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / name) for name in ("facade", "generated", "emulator")]

if TYPE_CHECKING:
    from amlrest import CommandJob
    from amlrest_emulator import LocalWorkspace

LATENCY_MS = 100
FILES = 50
ROUNDS = 5
JOBS = 100_000
EARLY = 10_000
MIB = 1 << 20
PEER = "azure-ai-ml==1.35.2"
VENV = ROOT / "build" / "bench-venv"
SUBMIT = """
from amlrest import CommandJob, Workspace
with Workspace.from_config() as workspace:
    workspace.jobs.submit(
        CommandJob(command="true", environment="azureml:bench:1", compute="cpu-cluster")
    )
"""
HEAVY = """
import sys
{statement}
print(*(m for m in sys.modules if m.split(".")[0] in ("httpx", "azure") or ".models." in m))
"""


class Control:
    """The side door of a local workspace: faults, and the log of requests."""

    def __init__(self, local: LocalWorkspace) -> None:
        self._client = plain_client(local)

    def latency(self, milliseconds: int) -> None:
        """Let every request wait."""
        rule = {"effect": "latency", "latency_ms": milliseconds}
        self._client.post("/_local/faults", json=rule).raise_for_status()

    def calm(self) -> None:
        """Take all faults away."""
        self._client.delete("/_local/faults").raise_for_status()

    def forget(self) -> None:
        """Begin a new log of requests."""
        self._client.delete("/_local/requests").raise_for_status()

    def requests(self) -> list[dict[str, Any]]:
        """The log of requests."""
        answer = self._client.get("/_local/requests").raise_for_status()
        entries: list[dict[str, Any]] = answer.json()["value"]
        return entries


def chain(requests: list[dict[str, Any]]) -> int:
    """How many of the requests at most came one after another."""
    length, free_at = 0, 0.0
    for entry in sorted(requests, key=lambda each: each["end"]):
        if entry["start"] >= free_at:
            length, free_at = length + 1, entry["end"]
    return length


def write_sources(folder: Path, number: int) -> tuple[Path, Path]:
    """Write a data file and a code folder that no round before had."""
    code, data = folder / f"code{number}", folder / f"iris{number}.csv"
    code.mkdir()
    for at in range(FILES):
        (code / f"file{at}.py").write_text(f"print({number}, {at})\n")
    data.write_text(f"sepal,petal\n{number},1\n")
    return code, data


def inline_job(folder: Path, number: int) -> CommandJob:
    from amlrest import CommandJob, Environment

    code, data = write_sources(folder, number)
    environment = Environment(image=IMAGE, conda_file=CONDA.format(number=number))
    return CommandJob(
        command=COMMAND,
        code=code,
        environment=environment,
        inputs={"iris": data},
        compute="cpu-cluster",
        experiment_name="bench",
    )


@contextmanager
def submitter(api: str, local: LocalWorkspace) -> Iterator[Callable[[CommandJob], Any]]:
    """Give a function that submits through one of the two APIs, connections open."""
    from amlrest import StaticToken, Workspace, aio

    where = (local.subscription_id, local.resource_group, local.workspace_name)
    how: dict[str, Any] = {"endpoint": local.endpoint, "credential": StaticToken(local.token)}
    if api == "sync":
        with Workspace(*where, **how) as workspace:
            yield workspace.jobs.submit
        return
    with asyncio.Runner() as runner:
        twin = aio.Workspace(*where, **how)
        yield lambda job: runner.run(twin.jobs.submit(job))
        runner.run(twin.close())


def timed(action: Callable[[], object], control: Control) -> tuple[int, float]:
    """Sequential round trips and seconds of an action."""
    control.forget()
    start = time.perf_counter()
    action()
    return chain(control.requests()), time.perf_counter() - start


def typical(rounds: list[tuple[int, float]]) -> tuple[float, float]:
    """The median of each figure of several rounds."""
    trips, seconds = zip(*rounds, strict=True)
    return statistics.median(trips), statistics.median(seconds)


def submissions(table: Table, local: LocalWorkspace, folder: Path) -> None:
    """Round trips and time of submitting, against the documented sequence."""
    control = Control(local)
    warm: dict[str, float] = {}
    for at, api in enumerate(("sync", "async")):
        with submitter(api, local) as submit:
            submit(inline_job(folder, 100 * at))
            control.latency(LATENCY_MS)
            jobs = [inline_job(folder, 100 * at + number) for number in range(1, ROUNDS + 1)]
            first = [timed(partial(submit, job), control) for job in jobs]
            again = [timed(partial(submit, job), control) for job in jobs]
            control.calm()
        (trips, warm[api]), (fewer, seconds) = typical(first), typical(again)
        table.at_most(f"round trips, first time, {api}", trips, 5)
        table.at_most(f"round trips, nothing changed, {api}", fewer, 2)
        table.at_most(f"seconds, nothing changed, {api}", seconds, None, "{:.2f} s")
    code, data = write_sources(folder, 1000)
    control.latency(LATENCY_MS)
    trips, seconds = timed(partial(documented, local, code, data), control)
    control.calm()
    table.at_most("seconds of the documented sequence", seconds, None, "{:.2f} s")
    table.at_most("round trips of the documented sequence", trips, None)
    for api, took in warm.items():
        table.at_most(f"seconds, first time, {api}", took, seconds / 4, "{:.2f} s")


def seconds_of(command: list[str], rounds: int, *others: list[str]) -> list[float]:
    """Median seconds of processes, started in turns on a machine that may be busy."""
    commands = [command, *others]
    taken: list[list[float]] = [[] for _ in commands]
    for at in range(rounds + 1):
        for each, times in zip(commands, taken, strict=True):
            start = time.perf_counter()
            subprocess.run(each, check=True, stdout=subprocess.DEVNULL)
            if at:  # the first only warms the file cache
                times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in taken]


def python(statement: str) -> list[str]:
    return [sys.executable, "-c", statement]


def keep_bytecode(folder: Path) -> None:
    """Compile each module once, as an installation does, also where Python was told not to."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")


def imports(table: Table) -> None:
    """What importing costs and what it drags in, against click."""
    statements = ("import click", "import amlrest", "from amlrest import Workspace")
    help_page = [sys.executable, "-m", "amlrest", "--help"]
    took = seconds_of(python("pass"), 15, *map(python, statements), help_page)
    click = took[1]
    for name, seconds in zip(("pass", *statements, "amlrest --help"), took, strict=True):
        table.at_most(f"python: {name}", seconds * 1000, None, "{:.0f} ms")
    for name, seconds in zip(statements[1:], took[2:], strict=False):
        table.at_most(f"{name}, times click", seconds / click, 1.5, "{:.2f}x")
        loaded = subprocess.check_output(python(HEAVY.format(statement=name)), text=True)
        table.at_most(f"{name}, heavy modules loaded", len(loaded.split()), 0)


def start_up(table: Table) -> None:
    """A process that submits one job, against only importing Azure's SDK."""
    peer = [str(peer_python()), "-c", "import azure.ai.ml"]
    ours, theirs = seconds_of(python(SUBMIT), 7, peer)
    table.at_most("python: import amlrest, submit a command job", ours * 1000, None, "{:.0f} ms")
    table.at_most("python: import azure.ai.ml", theirs * 1000, None, "{:.0f} ms")
    table.at_least("how much faster the submission is", theirs / ours, 5)


def peer_python() -> Path:
    """The interpreter that has Azure's SDK; made with the first run."""
    interpreter, made = VENV / "bin" / "python", VENV / f".{PEER}"
    if not made.exists():
        print(f"(installing {PEER} into {VENV.relative_to(ROOT)})")
        venv.create(VENV, clear=True, with_pip=True)
        pip = [str(interpreter), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", PEER], check=True)
        made.touch()
    return interpreter


def lists(table: Table, local: LocalWorkspace, jobs: int) -> None:
    """Listing many jobs: pages until the first one, and memory until the last."""
    seed(local, jobs)
    for api in ("sync", "async"):
        command = [sys.executable, __file__, "--listing", api]
        found = json.loads(subprocess.check_output(command))
        table.at_least(f"jobs listed, {api}", found["jobs"], jobs, "{:.0f}")
        table.at_most(f"pages asked for before the first, {api}", found["pages"], 1)
        table.at_most(f"MiB more at the last job than at no. {EARLY}, {api}", found["mib"], 4)
        table.at_most(f"seconds, {api}", found["seconds"], None, "{:.1f} s")


def seed(local: LocalWorkspace, jobs: int) -> None:
    """Put copies of a job into the state of the local workspace, in one transaction."""
    from amlrest_emulator.state import State

    base = f"{workspace_id(local)}/jobs"
    state = State(local.state_dir / "state.db")
    original = state.get(f"{base}/bench")
    if original is None:
        raise RuntimeError("the job to copy is not there")
    with state.transaction():
        for number in range(jobs):
            state.put(replace(original, id=f"{base}/copy-{number}"))
    state.close()


def listing(api: str) -> dict[str, float]:
    """List all jobs of the workspace in the environment; run in a process of its own."""
    from amlrest import Workspace, aio
    from amlrest_emulator import LocalWorkspace

    where = os.environ
    local = LocalWorkspace(where["AMLREST_ENDPOINT"], where["AMLREST_TOKEN"], Path(), 0)
    control = Control(local)
    control.forget()
    if api == "sync":
        with Workspace.from_config() as workspace:
            return walk(workspace.jobs.list(), control)
    with asyncio.Runner() as runner:
        twin = aio.Workspace.from_config()
        found = walk(in_turns(runner, twin.jobs.list()), control)
        runner.run(twin.close())
        return found


def in_turns(runner: asyncio.Runner, items: Any) -> Iterator[Any]:
    """Iterate asynchronously from outside the event loop."""
    done = object()

    async def following() -> Any:
        return await anext(items, done)

    while (item := runner.run(following())) is not done:
        yield item


def walk(items: Iterator[Any], control: Control) -> dict[str, float]:
    start, number, early = time.perf_counter(), 1, 0.0
    next(items)
    pages = len(control.requests())
    for number, _ in enumerate(items, 2):
        if number == EARLY:
            early = resident()
    seconds = time.perf_counter() - start
    return {"jobs": number, "pages": pages, "mib": resident() - early, "seconds": seconds}


def resident() -> float:
    """MiB of memory this process has now."""
    said = subprocess.check_output(["ps", "-o", "rss=", "-p", str(os.getpid())], text=True)
    return int(said) * 1024 / MIB


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--jobs", type=int, default=JOBS, help="how many jobs to list")
    options.add_argument("--listing", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.listing:
        print(json.dumps(listing(given.listing)))
        return 0
    import amlrest_emulator

    peer_python()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with amlrest_emulator.start(folder / "state") as local:
            os.environ.update(local.environment())
            keep_bytecode(folder)
            table = Table()
            submissions(table, local, folder)
            imports(table)
            start_up(table)
            lists(table, local, given.jobs)
    return 0 if table.kept else 1


if __name__ == "__main__":
    sys.exit(main())
