"""Benchmark of the local workspace: requests, queued jobs, long lists, memory.

    python benchmarks/bench_emulator.py [--quick] [--through]

Requests are compared with an application on the same server that does nothing but answer. Jobs
that wait are submitted while others hold all nodes, so that a rate is measured with that many
waiting; the same rate with 50 waiting is the peer. What a job costs is compared with its process,
and with the records that every run has in MLflow's database. The jobs to list are copied into the
state of the local workspace, bypassing its API. The exit status is 1 when a bar is not met.
"""

from __future__ import annotations

import argparse
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from results import Results

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / name) for name in ("facade", "generated", "emulator")]

if TYPE_CHECKING:
    import httpx
    from amlrest_emulator import LocalWorkspace

NODES = os.cpu_count() or 1
FEW = 50
WINDOW = 100
CONNECTIONS = 4
CANCELED = 20
PAGE = 100
HOLD = "while [ ! -e {gate} ]; do sleep 0.05; done"
MIB = 1 << 20
# The body of the bare application's response is read from a file, so that both send the same.
BARE = """
import pathlib, socket, sys
import uvicorn
body = pathlib.Path(sys.argv[2]).read_bytes()
head = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
async def app(scope, receive, send):
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})
listener = socket.socket(fileno=int(sys.argv[1]))
config = uvicorn.Config(app, http="h11", ws="none", lifespan="off", access_log=False, log_config=None)
uvicorn.Server(config).run([listener])
"""


class Sizes(NamedTuple):
    """How much is measured."""

    waiting: int = 10_000
    listed: tuple[int, ...] = (100, 1_000, 10_000, 100_000)
    seconds: float = 5.0


QUICK = Sizes(waiting=500, listed=(100, 1_000, 10_000), seconds=1.0)


class Client:
    """A client of the local workspace."""

    def __init__(self, local: LocalWorkspace) -> None:
        from documented_workflow import API, plain_client, workspace_id

        self.local = local
        self.base = workspace_id(local)
        self._params = API
        self._http = plain_client(local)

    def __call__(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Send a request for a path below the workspace."""
        url = f"{self.base}/{path}"
        answer = self._http.request(method, url, params=self._params, json=body)
        return answer.raise_for_status()

    def follow(self, url: str) -> Any:
        """Return the JSON at a URL."""
        return self._http.get(url).raise_for_status().json()

    def submit(self, name: str, command: str = "true") -> None:
        """Submit a command job on one node."""
        compute = {"target": f"{self.base}/computes/cpu-cluster", "instanceCount": 1}
        properties = {"jobType": "Command", "command": command, "compute": compute}
        self("PUT", f"jobs/{name}", {"properties": properties})

    def status(self, name: str) -> str:
        """Return the status of a job."""
        return str(self("GET", f"jobs/{name}").json()["properties"]["status"])


class Runs:
    """The runs of a local workspace, counted in its database, which costs the server nothing."""

    def __init__(self, local: LocalWorkspace) -> None:
        path = local.state_dir / "state.db"
        self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def ended(self, prefix: str) -> int:
        """Return how many runs with a prefix have completed."""
        sql = "SELECT count(*) FROM runs WHERE key >= ? AND key < ? AND status = 'Completed'"
        return int(self._db.execute(sql, (prefix, prefix + "~")).fetchone()[0])

    def wait(self, prefix: str, number: int) -> float:
        """Wait until that many have completed; return the time."""
        while self.ended(prefix) < number:
            time.sleep(0.05)
        return time.perf_counter()


@contextmanager
def held(client: Client, folder: Path, name: str) -> Iterator[Callable[[], None]]:
    """Hold all nodes; yield the function that frees them."""
    gate = folder / f"gate-{name}"
    for number in range(NODES):
        client.submit(f"hold-{name}-{number}", HOLD.format(gate=gate))
    for number in range(NODES):
        while client.status(f"hold-{name}-{number}") != "Running":
            time.sleep(0.05)
    try:
        yield gate.touch
    finally:
        gate.touch()


def queue(client: Client, name: str, number: int) -> float:
    """Submit jobs on several connections; return how many a second."""
    start = time.perf_counter()

    def submit(first: int) -> None:
        own = Client(client.local)
        for at in range(first, number, CONNECTIONS):
            own.submit(f"{name}-{at}")

    threads = [threading.Thread(target=submit, args=(first,)) for first in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return number / (time.perf_counter() - start)


def rate_with(client: Client, folder: Path, waiting: int, name: str) -> float:
    """Return how many jobs a second end while about that many wait."""
    runs, most = Runs(client.local), min(WINDOW, waiting - NODES)
    with held(client, folder, name) as free:
        queue(client, name, waiting)
        free()
        start = runs.wait(name, 5)
        return (most - 5) / (runs.wait(name, most) - start)


def queues(results: Results, client: Client, folder: Path, waiting: int) -> None:
    """Measure the rate of jobs with few and with many waiting, and what answers meanwhile."""
    rate_with(client, folder, FEW, "first")  # creates MLflow's database
    few = rate_with(client, folder, FEW, "few")
    results.value("true jobs a second", few, "{:.1f}", at_least=20)
    process, records = bare_processes(), mlflow_records(folder)
    results.compare("a job", few, ("its process alone", process), None, "{:.0f}/s", rates=True)
    results.compare(
        "a job", few, ("its MLflow records alone", records), 1 / 3, "{:.0f}/s", rates=True
    )
    before = resident(client.local.pid)
    many = rate_with(client, folder, waiting, "many")
    shown = "{:.1f}/s"
    results.compare(f"{waiting:,} waiting", many, (f"{FEW} waiting", few), 0.8, shown, rates=True)
    grown = (resident(client.local.pid) - before) * 1024 / waiting
    results.value("memory of a job that waits", grown, "{:.1f} KiB")
    slowest = max(seconds(partial(client, "POST", f"jobs/{n}/cancel")) for n in newest(waiting))
    results.value("slowest cancel of 20 meanwhile", slowest, "{:.2f} s", at_most=1)


def newest(waiting: int) -> list[str]:
    return [f"many-{waiting - number}" for number in range(1, CANCELED + 1)]


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def bare_processes() -> float:
    """Return how many shells a second run `true`, as many at once as there are nodes."""

    def run() -> None:
        for _ in range(WINDOW):
            subprocess.run(["bash", "-c", "true"], check=True, start_new_session=True)

    threads = [threading.Thread(target=run) for _ in range(NODES)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return NODES * WINDOW / (time.perf_counter() - start)


def mlflow_records(folder: Path) -> float:
    """Return how many runs a second MLflow creates, reads and ends in a database of its own."""
    from amlrest_emulator.tracking.store import MlflowTracking

    place = folder / "mlflow"
    place.mkdir()
    client = MlflowTracking(place).client
    start = time.perf_counter()
    for _ in range(WINDOW):
        run = client.create_run("0")
        client.get_run(run.info.run_id)
        client.set_terminated(run.info.run_id)
    return WINDOW / (time.perf_counter() - start)


def through(results: Results, client: Client, waiting: int) -> None:
    """Wait for all jobs of the queue; compare its halves."""
    runs, start, most = Runs(client.local), time.perf_counter(), waiting - CANCELED
    at = runs.ended("many")
    middle = (at + most) // 2
    half, end = runs.wait("many", middle), runs.wait("many", most)
    first, second = (middle - at) / (half - start), (most - middle) / (end - half)
    peer = ("the first", first)
    results.compare("second half of the queue", second, peer, 0.8, "{:.1f}/s", rates=True)


class Loader:
    """Sends a request again and again on keep-alive connections.

    Args:
        port: port on the loopback interface.
        request: the bytes of a request.
    """

    def __init__(self, port: int, request: bytes) -> None:
        self._port = port
        self._request = request
        self._stopping = False
        self._counts = [0] * CONNECTIONS

    def rate(self, duration: float) -> float:
        """Return the responses per second."""
        threads = [threading.Thread(target=self._send, args=(n,)) for n in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        start = time.perf_counter()
        before = sum(self._counts)
        time.sleep(duration)
        rate = (sum(self._counts) - before) / (time.perf_counter() - start)
        self._stopping = True
        for thread in threads:
            thread.join()
        return rate

    def _send(self, number: int) -> None:
        with socket.create_connection(("127.0.0.1", self._port)) as connection:
            while not self._stopping:
                connection.sendall(self._request)
                read_response(connection)
                self._counts[number] += 1


def read_response(connection: socket.socket) -> bytes:
    """Return the body of the next response."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(1 << 16)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    if lines[0].split()[1][:1] != b"2":
        raise RuntimeError(data.decode())
    size = int(next(line for line in lines if line.startswith(b"content-length")).split(b":")[1])
    while len(body) < size:
        body += connection.recv(1 << 16)
    return body


@contextmanager
def bare_application(body: bytes) -> Iterator[int]:
    """Yield the port of an application that only answers, on the server of the local workspace."""
    with tempfile.NamedTemporaryFile() as file, socket.create_server(("127.0.0.1", 0)) as listener:
        file.write(body)
        file.flush()
        number = listener.fileno()
        process = subprocess.Popen(
            [sys.executable, "-c", BARE, str(number), file.name], pass_fds=[number]
        )
        try:
            yield listener.getsockname()[1]
        finally:
            process.terminate()
            process.wait()


def requests(results: Results, client: Client, duration: float) -> None:
    """Measure requests per second against the bare application, interleaved."""
    client.submit("measured")
    while client.status("measured") != "Completed":
        time.sleep(0.05)
    blob = "/amlrestlocal/azureml/ExperimentRun/dcid.measured/user_logs/std_log.txt"
    version = "api-version=2021-03-01-preview"
    cases = {
        "get a job": (f"GET {client.base}/jobs/measured?{version}", 0.1),
        "list the computes": (f"GET {client.base}/computes?{version}", 0.1),
        "get a blob": (f"GET {blob}", 0.1),
    }
    port = int(client.local.endpoint.rpartition(":")[2])
    for name, (line, bar) in cases.items():
        head = f"{line} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nx-ms-version: 2021-08-06\r\n"
        request = f"{head}authorization: Bearer {client.local.token}\r\n\r\n".encode()
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(request)
            body = read_response(connection)
        ours, theirs = list[float](), list[float]()
        with bare_application(body) as bare:
            for _ in range(3):
                ours.append(Loader(port, request).rate(duration / 3))
                theirs.append(Loader(bare, request).rate(duration / 3))
        pair = statistics.median(ours), ("a bare application", statistics.median(theirs))
        results.compare(name, *pair, bar, "{:.0f}/s", rates=True)


def lists(results: Results, client: Client, listed: tuple[int, ...]) -> None:
    """Measure a page of 100 jobs at the beginning and the end of lists of growing length."""
    peer, there = ("", 0.0), 0
    for number in listed:
        there = copy_jobs(client, there, number)
        for place, url in pages(client, number):
            asked = partial(client.follow, url)
            taken = statistics.median(seconds(asked) for _ in range(15))
            name = f"{place} page of {number:,} jobs"
            if peer[1]:
                results.compare(name, taken * 1000, peer, 1 / 1.5, "{:.1f} ms")
            else:
                peer = (name, taken * 1000)
                results.value(name, taken * 1000, "{:.1f} ms")


def copy_jobs(client: Client, there: int, number: int) -> int:
    """Add copies of a job and its run to the state of the local workspace."""
    from amlrest_emulator.runner import RunStore
    from amlrest_emulator.state import State

    state = State(client.local.state_dir / "state.db")
    runs = RunStore(state)
    original, run = state.get(f"{client.base}/jobs/measured"), runs.find("measured")
    if original is None or run is None:
        raise RuntimeError("the job to copy does not exist; run `requests` first")
    for first in range(there, number, 1000):
        with state.transaction():
            for at in range(first, min(first + 1000, number)):
                state.put(replace(original, id=f"{client.base}/jobs/copy-{at:06}"))
                runs.add(replace(run, name=f"copy-{at:06}", run_id=f"copy-{at:06}"))
    state.close()
    return number


def pages(client: Client, number: int) -> list[tuple[str, str]]:
    """Return the URLs of the first page and, of a longer list, of the last full one."""
    first = f"{client.base}/jobs?api-version=2021-03-01-preview"
    if number <= PAGE:
        return [("first", first)]
    skipping = client.follow(f"{first}&count=1&offset={number - PAGE}")
    return [("first", first), ("last", skipping["nextLink"].replace("count=1", f"count={PAGE}"))]


def resident(pid: int) -> float:
    """Return the resident memory of a process in MiB."""
    output = subprocess.check_output(["ps", "-o", "rss=", "-p", str(pid)], text=True)
    return int(output) * 1024 / MIB


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer jobs, shorter measurements")
    parser.add_argument("--through", action="store_true", help="wait for all jobs of the queue")
    options = parser.parse_args()
    sizes = QUICK if options.quick else Sizes()
    from amlrest_emulator import start

    results = Results()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with start(folder / "state") as local:
            client = Client(local)
            results.value("memory after the start", resident(local.pid), "{:.0f} MiB")
            queues(results, client, folder, sizes.waiting)
            if options.through:
                through(results, client, sizes.waiting)
            results.value("memory with that queue", resident(local.pid), "{:.0f} MiB")
            down = seconds(local.stop)
            results.value("amlrest local down meanwhile", down, "{:.2f} s", at_most=1)
        with start(folder / "other") as local:
            client = Client(local)
            requests(results, client, sizes.seconds)
            lists(results, client, sizes.listed)
            results.value("memory after the lists", resident(local.pid), "{:.0f} MiB")
    results.print()
    return 0 if results.met else 1


if __name__ == "__main__":
    sys.exit(main())
