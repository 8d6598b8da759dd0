"""Benchmark of the library: round trips, start-up time, long lists.

    python benchmarks/bench_facade.py

Everything runs against one local workspace. Round trips are counted in its request log: the
longest chain of requests of which each began after the previous one had ended. Azure's own SDK,
the peer for start-up, is installed into `build/bench-venv` if it is missing. The jobs to list are
copied into the state of the local workspace, bypassing its API. The exit status is 1 when a bar is
not met.
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

from control import Control
from documented_workflow import COMMAND, CONDA, IMAGE, run_documented_workflow, workspace_id
from processes import keep_bytecode, python, seconds_of
from results import Results

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
LIST_HEAVY_MODULES = """
import sys
{statement}
print(*(m for m in sys.modules if m.split(".")[0] in ("httpx", "azure") or ".models." in m))
"""


def sequential_round_trips(requests: list[dict[str, Any]]) -> int:
    """Return the length of the longest chain of sequential requests."""
    length, free_at = 0, 0.0
    for entry in sorted(requests, key=lambda each: each["end"]):
        if entry["start"] >= free_at:
            length, free_at = length + 1, entry["end"]
    return length


def write_sources(folder: Path, number: int) -> tuple[Path, Path]:
    """Write a data file and a code folder with content unique to this round."""
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
    """Yield the submit method of the sync or async API, with connections kept open."""
    from amlrest import StaticToken, Workspace, aio

    names = (local.subscription_id, local.resource_group, local.workspace_name)
    options: dict[str, Any] = {"endpoint": local.endpoint, "credential": StaticToken(local.token)}
    if api == "sync":
        with Workspace(*names, **options) as workspace:
            yield workspace.jobs.submit
        return
    with asyncio.Runner() as runner:
        client = aio.Workspace(*names, **options)
        yield lambda job: runner.run(client.jobs.submit(job))
        runner.run(client.close())


def timed(action: Callable[[], object], control: Control) -> tuple[int, float]:
    """Return sequential round trips and duration of an action."""
    control.clear_requests()
    start = time.perf_counter()
    action()
    return sequential_round_trips(control.requests()), time.perf_counter() - start


def medians(rounds: list[tuple[int, float]]) -> tuple[float, float]:
    """Return the median of each figure over several rounds."""
    trips, seconds = zip(*rounds, strict=True)
    return statistics.median(trips), statistics.median(seconds)


def submissions(results: Results, local: LocalWorkspace, folder: Path) -> None:
    """Measure round trips and time of a submission, against the documented sequence."""
    control = Control(local)
    seconds: dict[str, float] = {}
    for at, api in enumerate(("sync", "async")):
        with submitter(api, local) as submit:
            submit(inline_job(folder, 100 * at))
            control.latency(LATENCY_MS)
            jobs = [inline_job(folder, 100 * at + number) for number in range(1, ROUNDS + 1)]
            first = medians([timed(partial(submit, job), control) for job in jobs])
            again = medians([timed(partial(submit, job), control) for job in jobs])
            control.clear_faults()
        results.value(f"round trips of a submission, {api}", first[0], at_most=5)
        results.value(f"round trips when nothing has changed, {api}", again[0], at_most=2)
        seconds |= {
            f"submit, {api}": first[1],
            f"submit when nothing has changed, {api}": again[1],
        }
    code, data = write_sources(folder, 1000)
    control.latency(LATENCY_MS)
    trips, theirs = timed(partial(run_documented_workflow, local, code, data), control)
    control.clear_faults()
    results.value("round trips of the documented requests", trips)
    for name, ours in seconds.items():
        bar = None if "nothing" in name else 4
        results.compare(name, ours, ("the documented requests", theirs), bar)


def imports(results: Results) -> None:
    """Measure start-up times and the modules that imports load, against click."""
    peer, *statements = ("import click", "import amlrest", "from amlrest import Workspace")
    pages = ("amlrest --help", "amlrest job --help")
    commands = (*map(python, statements), *([sys.executable, "-m", *p.split()] for p in pages))
    theirs, *took = (seconds * 1000 for seconds in seconds_of(python(peer), 15, *commands))
    for name, ours in zip((*statements, *pages), took, strict=True):
        bar = 1 / (1.8 if name == pages[1] else 1.5)
        results.compare(name, ours, (peer, theirs), bar, "{:.0f} ms")
    for name in statements:
        loaded = subprocess.check_output(
            python(LIST_HEAVY_MODULES.format(statement=name)), text=True
        )
        results.value(f"{name}: heavy modules loaded", len(loaded.split()), at_most=0)


def start_up(results: Results) -> None:
    """Measure a process that submits one job, against only importing Azure's SDK."""
    peer = "import azure.ai.ml"
    ours, theirs = seconds_of(python(SUBMIT), 7, [str(peer_python()), "-c", peer])
    results.compare("start Python, import amlrest, submit a job", ours, (peer, theirs), 5)


def peer_python() -> Path:
    """Return the interpreter that has Azure's SDK, and create it in the first run."""
    interpreter, made = VENV / "bin" / "python", VENV / f".{PEER}"
    if not made.exists():
        print(f"(installing {PEER} into {VENV.relative_to(ROOT)})")
        venv.create(VENV, clear=True, with_pip=True)
        pip = [str(interpreter), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", PEER], check=True)
        made.touch()
    return interpreter


def lists(results: Results, local: LocalWorkspace, jobs: int) -> None:
    """Measure pages requested before the first job, and memory until the last."""
    seed(local, jobs)
    for api in ("sync", "async"):
        command = [sys.executable, __file__, "--listing", api]
        found = json.loads(subprocess.check_output(command))
        results.value(f"jobs listed, {api}", found["jobs"], at_least=jobs)
        results.value(f"pages requested before the first job, {api}", found["pages"], at_most=1)
        name = f"memory growth from job {EARLY:,} to the last, {api}"
        results.value(name, found["mib"], "{:.0f} MiB", at_most=4)
        results.value(f"time to list all jobs, {api}", found["seconds"], "{:.1f} s")


def seed(local: LocalWorkspace, jobs: int) -> None:
    """Add copies of a job to the state of the local workspace, in one transaction."""
    from amlrest_emulator.state import State

    base = f"{workspace_id(local)}/jobs"
    state = State(local.state_dir / "state.db")
    original = state.get(f"{base}/bench")
    if original is None:
        raise RuntimeError("the job to copy does not exist; run `submissions` first")
    with state.transaction():
        for number in range(jobs):
            state.put(replace(original, id=f"{base}/copy-{number}"))
    state.close()


def listing(api: str) -> dict[str, float]:
    """List all jobs of the workspace; runs in a new process."""
    from amlrest import Workspace, aio
    from amlrest_emulator import LocalWorkspace

    endpoint, token = os.environ["AMLREST_ENDPOINT"], os.environ["AMLREST_TOKEN"]
    local = LocalWorkspace(endpoint, token, Path(), 0)
    control = Control(local)
    control.clear_requests()
    if api == "sync":
        with Workspace.from_config() as workspace:
            return walk(workspace.jobs.list(), control)
    with asyncio.Runner() as runner:
        client = aio.Workspace.from_config()
        found = walk(iterate(runner, client.jobs.list()), control)
        runner.run(client.close())
        return found


def iterate(runner: asyncio.Runner, items: Any) -> Iterator[Any]:
    """Iterate over an asynchronous iterator from outside the event loop."""
    done = object()

    async def next_item() -> Any:
        return await anext(items, done)

    while (item := runner.run(next_item())) is not done:
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
    """Return the resident memory of this process in MiB."""
    output = subprocess.check_output(["ps", "-o", "rss=", "-p", str(os.getpid())], text=True)
    return int(output) * 1024 / MIB


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=JOBS, help="how many jobs to list")
    parser.add_argument("--listing", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.listing:
        print(json.dumps(listing(options.listing)))
        return 0
    import amlrest_emulator

    peer_python()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with amlrest_emulator.start(folder / "state") as local:
            os.environ.update(local.environment())
            keep_bytecode(folder)
            results = Results()
            submissions(results, local, folder)
            imports(results)
            start_up(results)
            lists(results, local, options.jobs)
    results.print()
    return 0 if results.met else 1


if __name__ == "__main__":
    sys.exit(main())
