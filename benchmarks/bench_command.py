"""Benchmark of the command: start, completion, and waiting for jobs.

    python benchmarks/bench_command.py

Everything runs against one local workspace. The peer for the start is a Python process that
imports httpx without its command line and sends the request that `amlrest job list` sends; for
completion it is the import of click. The sweep really runs: its first trials end at once, the last
ones log a metric twice a second while `amlrest job wait` shows all of them on a terminal. The exit
status is 1 when a bar is not met.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from control import Control
from documented_workflow import API, workspace_id
from processes import Use, in_pipe, keep_bytecode, on_terminal, python, seconds_of
from results import Results

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / name) for name in ("facade", "generated", "emulator")]

if TYPE_CHECKING:
    from amlrest import CommandJob, SweepJob
    from amlrest_emulator import LocalWorkspace

ROUNDS = 15
COMPLETION_ROUNDS = 7
"""So few that they end before the names in the cache are too old."""
JOBS = 50
NAMES = 10_000
TRIALS, QUICK_TRIALS = 200, 180
CORE_LIMIT_PERCENT = 5
WAIT_LIMIT_MS = 200
LOGGING = "for line in $(seq 50); do echo $line; sleep 0.2; done"
LINES, COLUMNS = TRIALS + 10, 120
AMLREST = [sys.executable, "-m", "amlrest"]
GET = """
import os, sys
sys.modules["httpx._main"] = None
import httpx
headers = {{"authorization": "Bearer " + os.environ["AMLREST_TOKEN"]}}
print(len(httpx.get({url!r}, params={params!r}, headers=headers).content))
"""
TRIAL = """
import os, sqlite3, sys, time

number, run = int(os.environ["AZUREML_RUN_ID"].rpartition("_")[2]), os.environ["MLFLOW_RUN_ID"]
store = os.environ["MLFLOW_TRACKING_URI"].removeprefix("sqlite:///")


def log(loss, step):
    # Importing MLflow would take longer than everything that is measured.
    with sqlite3.connect(store, timeout=60) as database:
        for table in ("metrics", "latest_metrics"):
            database.execute(
                f"INSERT OR REPLACE INTO {table} (key, value, timestamp, run_uuid, step, is_nan) "
                "VALUES ('loss', ?, ?, ?, ?, 0)",
                (loss, int(time.time() * 1000), run, step),
            )


log(float(sys.argv[1]), 0)
for step in range(1, 5 if number >= int(sys.argv[2]) else 1):
    time.sleep(0.5)
    log(float(sys.argv[1]) / step, step)
"""


def write_sources(folder: Path) -> Path:
    """Write the code of the trials."""
    code = folder / "code"
    code.mkdir()
    (code / "trial.py").write_text(TRIAL)
    return code


def small_job(name: str, command: str = "true") -> CommandJob:
    from amlrest import CommandJob, Environment

    return CommandJob(
        name=name, command=command, environment=Environment(image="a"), compute="cpu-cluster"
    )


def sweep_job(name: str, code: Path) -> SweepJob:
    from amlrest import Environment, SweepJob, Trial, choice, minimize, uniform

    command = f"python trial.py {{search_space.rate}} {QUICK_TRIALS} {{search_space.boosting}}"
    return SweepJob(
        name=name,
        trial=Trial(command=command, code=code, environment=Environment(image="a")),
        compute="cpu-cluster",
        search_space={"rate": uniform(0, 1), "boosting": choice("gbdt", "dart")},
        objective=minimize("loss"),
        max_total_trials=TRIALS,
        max_concurrent_trials=2,
    )


def starts(results: Results, local: LocalWorkspace, folder: Path) -> None:
    """Measure commands that answer at once, against the same request in a plain script."""
    from amlrest import Workspace, jobfile

    with Workspace.from_config() as workspace:
        for number in range(JOBS):
            workspace.jobs.submit(small_job(f"small-{number}"))
    file = folder / "job.yml"
    file.write_text(jobfile.dumps(small_job("small-0"), "v2"))
    commands = {
        f"amlrest job list, {JOBS} jobs": ["job", "list"],
        "amlrest job show": ["job", "show", "small-1"],
        "amlrest compute list": ["compute", "list"],
        "amlrest job submit, unchanged": ["job", "submit", str(file)],
        "amlrest --help": ["--help"],
    }
    url = f"{local.endpoint}{workspace_id(local)}/jobs"
    peer = python(GET.format(url=url, params=API))
    theirs, *took = seconds_of(peer, ROUNDS, *([*AMLREST, *each] for each in commands.values()))
    for name, ours in zip(commands, took, strict=True):
        bar = 1 / 2 if "job list" in name else None
        results.compare(name, ours * 1000, ("import httpx, GET", theirs * 1000), bar, "{:.0f} ms")


def completions(results: Results, folder: Path) -> None:
    """Measure completions: of known names, of many, and with a host that does not answer."""
    known, many = folder / "known", folder / "many"
    for cache in (known, many):
        wait_for_names(cache)
    file = next(many.rglob("*.json"))
    file.write_text(json.dumps([f"job-{number}" for number in range(NAMES)]))
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        new_cache = ["env", f"TMPDIR={folder}", "sh", "-c", 'XDG_CACHE_HOME=$(mktemp -d) exec "$@"']
        peer, warm, most, cold = seconds_of(
            python("import click"),
            COMPLETION_ROUNDS,
            completion(f"XDG_CACHE_HOME={known}"),
            completion(f"XDG_CACHE_HOME={many}"),
            [*new_cache, "sh", *completion(f"AMLREST_ENDPOINT={endpoint}")],
        )
    theirs = "import click", peer * 1000
    results.compare("completion of names", warm * 1000, theirs, 1 / 3, "{:.0f} ms")
    results.compare(f"completion of {NAMES:,} names", most * 1000, theirs, 1 / 3, "{:.0f} ms")
    name = "completion, the host does not answer"
    results.value(name, cold * 1000, "{:.0f} ms")
    waited = max(0.0, cold - warm) * 1000
    results.value(f"{name}: waited for it", waited, "{:.0f} ms", at_most=WAIT_LIMIT_MS)


def completion(*variables: str) -> list[str]:
    """Return the command that bash runs for the names of jobs."""
    words = ["COMP_WORDS=amlrest job show ", "COMP_CWORD=3"]
    return ["env", *variables, *words, "_AMLREST_COMPLETE=bash_complete", *AMLREST]


def wait_for_names(cache: Path) -> None:
    """Complete until the names are in the cache."""
    while not list(cache.rglob("*.json")):
        in_pipe(completion(f"XDG_CACHE_HOME={cache}"))
        time.sleep(0.1)


def waits(results: Results, local: LocalWorkspace, folder: Path) -> None:
    """Measure what it costs to wait: processor time here, requests to the workspace."""
    from amlrest import Workspace

    control = Control(local)
    with Workspace.from_config() as workspace:
        sweep = workspace.jobs.submit(sweep_job("sweep", write_sources(folder)))
        while len(workspace.jobs.trials(sweep)) < QUICK_TRIALS:
            time.sleep(0.2)
        control.clear_requests()
        use = on_terminal([*AMLREST, "job", "wait", "sweep"], LINES, COLUMNS)
        report(results, f"live table of {TRIALS} trials", use, len(control.requests()))
        for verb in ("wait", "stream"):
            workspace.jobs.submit(small_job(f"to-{verb}", LOGGING))
            control.clear_requests()
            use = in_pipe([*AMLREST, "job", verb, f"to-{verb}"])
            report(results, f"job {verb} in a pipe", use, len(control.requests()))


def report(results: Results, name: str, use: Use, requests: int) -> None:
    if use.status:
        raise RuntimeError(f"{name}: the command ended with status {use.status}")
    results.value(f"{name}, share of one core", use.share, "{:.1f} %", at_most=CORE_LIMIT_PERCENT)
    results.value(f"{name}, requests a second", requests / use.wall, "{:.1f}")


def main() -> int:
    """Run everything; return 1 when a bar is not met."""
    import amlrest_emulator

    results = Results()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place)
        with amlrest_emulator.start(folder / "state") as local:
            os.environ.update(local.environment())
            keep_bytecode(folder)
            starts(results, local, folder)
            completions(results, folder)
            waits(results, local, folder)
    results.print()
    return 0 if results.met else 1


if __name__ == "__main__":
    sys.exit(main())
