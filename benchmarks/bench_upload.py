"""Benchmark of uploads to Azurite: amlrest and the official SDK, in one run.

    python benchmarks/bench_upload.py

Each method runs in a new process with a new Azurite, and reports its duration and how much its
memory grew during the upload. The methods take turns in every round, in reverse order in every
second one, and what counts is the median of their ratios within a round, so that other work on the
machine does not decide. Small files are uploaded to an Azurite without network delay, whose
single thread limits every client, as the method that only puts bytes from memory shows; and to one
with a delay of some milliseconds, as every storage account has. The exit status is 1 when a bar is
not met.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from network_delay import delayed
from results import Results

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "facade")]

CONTAINER = "bench"
FILE_SIZE = 10_000
WARM_UP = 300
DELAY_MS = 10
AT_ONCE = 64
MEMORY_LIMIT = 200
DELAYED_ROUNDS, LARGE_ROUNDS = 3, 3
LOOP, LIMIT = "SDK, loop", f"bytes from memory, {AT_ONCE} at once"
OURS = ("amlrest", "amlrest, async")
OF_THE_LIMIT = {"amlrest": 0.85, "amlrest, async": 0.8}
"""An event loop wakes up for every file, which takes a tenth of a millisecond of processor time."""
NEAR = (LOOP, *OURS, LIMIT)
FAR = (LOOP, "SDK, 16 threads", *OURS)
LARGE = (LOOP, "SDK, 8 blocks at once", *OURS)


class Figures(NamedTuple):
    """What a method reached in each round.

    Attributes:
        rates: files or MiB in a second.
        mib: how much its memory grew at most.
    """

    rates: list[float]
    mib: float

    @property
    def rate(self) -> float:
        """The median rate."""
        return statistics.median(self.rates)

    def against(self, peer: Figures) -> float:
        """Return the median of the ratios within a round."""
        pairs = zip(self.rates, peer.rates, strict=True)
        return statistics.median(ours / theirs for ours, theirs in pairs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000, help="number of small files")
    parser.add_argument("--gib", type=float, default=1.0, help="size of the large file")
    parser.add_argument("--rounds", type=int, default=7, help="how often the methods take turns")
    parser.add_argument("--method", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.method:
        print(json.dumps(measure(options.method, options.folder)))
        return 0
    return 0 if compare(options.files, options.gib, options.rounds) else 1


def compare(files: int, gib: float, rounds: int) -> bool:
    """Run every method on the same files, and compare amlrest with its peers."""
    small, one = f"{files} files of {FILE_SIZE // 1000} kB", f"1 file of {gib:g} GiB"
    with tempfile.TemporaryDirectory() as folder:
        many, large = Path(folder, "many"), Path(folder, "large")
        _write_many(many, files)
        _write_large(large, int(gib * 1024))
        near = report(small, NEAR, many, files, rounds=rounds)
        delayed_rounds, large_rounds = min(rounds, DELAYED_ROUNDS), min(rounds, LARGE_ROUNDS)
        title = f"{small}, {DELAY_MS} ms away"
        far = report(title, FAR, many, files, rounds=delayed_rounds, delay=DELAY_MS)
        single = report(one, LARGE, large, gib * 1024, rounds=large_rounds)
    print()
    results = Results()
    for method in OURS:
        for name, found, peer, bar, unit in (
            (small, near, LIMIT, OF_THE_LIMIT[method], "files/s"),
            (small, near, LOOP, None, "files/s"),
            (title, far, LOOP, 3, "files/s"),
            (one, single, LOOP, 1, "MiB/s"),
        ):
            ours, theirs = found[method], found[peer]
            results.compare(
                f"{name}, {method}",
                ours.rate,
                (peer, theirs.rate),
                bar,
                f"{{:.0f}} {unit}",
                ratio=ours.against(theirs),
            )
        most = max(found[method].mib for found in (near, far, single))
        results.value(f"memory growth, {method}", most, "{:.0f} MiB", at_most=MEMORY_LIMIT)
    results.print()
    return results.met


def report(
    title: str,
    methods: tuple[str, ...],
    folder: Path,
    amount: float,
    *,
    rounds: int,
    delay: float = 0,
) -> dict[str, Figures]:
    """Print and return what each method reaches in some rounds."""
    print(f"\n{title}\n{'':36}{'per second':>12}{'memory':>12}", flush=True)
    runs: dict[str, list[dict[str, float]]] = {method: [] for method in methods}
    for number in range(rounds):
        for method in methods if number % 2 == 0 else reversed(methods):
            runs[method].append(_on_fresh_storage(method, folder, delay))
    reached: dict[str, Figures] = {}
    for method, took in runs.items():
        rates = [amount / run["seconds"] for run in took]
        found = reached[method] = Figures(rates, max(run["mib"] for run in took))
        print(f"{method:36}{found.rate:>12.0f}{found.mib:>8.0f} MiB", flush=True)
    return reached


def _on_fresh_storage(method: str, folder: Path, delay: float) -> dict[str, float]:
    """Upload with one method to a new Azurite, since it slows down as it fills up."""
    from tests.azurite import running

    command = [sys.executable, __file__, "--method", method, "--folder", str(folder)]
    with tempfile.TemporaryDirectory() as storage, running(Path(storage)) as server:
        _point_at(server)
        _warm_up(_client().create_container(CONTAINER))
        if not delay:
            return _figures(command)
        with delayed(server.port, delay) as port:
            _point_at(server._replace(port=port))
            return _figures(command)


def _point_at(server: Any) -> None:
    os.environ["BENCH_STORAGE"] = server.connection_string


def _figures(command: list[str]) -> dict[str, float]:
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    figures: dict[str, float] = json.loads(output)
    return figures


def _warm_up(container: Any) -> None:
    """Let Node.js compile its code first, or the fastest method would pay most for it."""
    for number in range(WARM_UP):
        container.upload_blob(f"warm-up/{number}", os.urandom(FILE_SIZE))


def measure(method: str, folder: Path) -> dict[str, float]:
    """Upload a folder with one method; imports and listing the folder are not measured."""
    run = {
        LOOP: sdk_loop,
        "SDK, 16 threads": sdk_threads,
        "SDK, 8 blocks at once": sdk_blocks,
        "amlrest": amlrest_sync,
        "amlrest, async": amlrest_async,
        LIMIT: bytes_from_memory,
    }[method](folder, f"{method}/{time.time_ns()}")
    before, start = _peak(), time.perf_counter()
    run()
    return {"seconds": time.perf_counter() - start, "mib": _peak() - before}


def sdk_loop(folder: Path, prefix: str, **options: int) -> Callable[[], Any]:
    container = _client().get_container_client(CONTAINER)

    def run() -> None:
        for name, path in _files(folder):
            with path.open("rb") as stream:
                container.upload_blob(f"{prefix}/{name}", stream, overwrite=True, **options)

    return run


def sdk_blocks(folder: Path, prefix: str) -> Callable[[], Any]:
    return sdk_loop(folder, prefix, max_concurrency=8)


def sdk_threads(folder: Path, prefix: str) -> Callable[[], Any]:
    container = _client().get_container_client(CONTAINER)

    def send(item: tuple[str, Path]) -> None:
        with item[1].open("rb") as stream:
            container.upload_blob(f"{prefix}/{item[0]}", stream, overwrite=True)

    def run() -> None:
        with ThreadPoolExecutor(16) as threads:
            list(threads.map(send, _files(folder)))

    return run


def amlrest_sync(folder: Path, prefix: str) -> Callable[[], Any]:
    from amlrest._files.snapshot import scan
    from amlrest._sync.uploader import upload

    target = _target()
    return lambda: upload(target, scan(folder), prefix)


def amlrest_async(folder: Path, prefix: str) -> Callable[[], Any]:
    from amlrest._async.uploader import upload
    from amlrest._files.snapshot import scan

    target = _target()
    return lambda: asyncio.run(upload(target, scan(folder), prefix))


def bytes_from_memory(folder: Path, prefix: str) -> Callable[[], Any]:
    """Put the files' bytes and nothing else: the fastest rate this client can reach."""
    import obstore
    from amlrest._http.retry import RetryPolicy

    store = _target().open(RetryPolicy())
    contents = [(f"{prefix}/{name}", path.read_bytes()) for name, path in _files(folder)]

    def put(item: tuple[str, bytes]) -> None:
        obstore.put(store, *item, use_multipart=False)

    def run() -> None:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(put, contents))

    return run


def _target() -> Any:
    import obstore.store  # noqa: F401 - imported before the measurement, as the SDK is
    from amlrest._files.blob_target import BlobTarget

    connection = dict(part.split("=", 1) for part in os.environ["BENCH_STORAGE"].split(";"))
    contents = {
        "accountName": connection["AccountName"],
        "containerName": CONTAINER,
        "endpoint": connection["BlobEndpoint"].split("/")[2],
    }
    return BlobTarget.from_datastore(contents, {"key": connection["AccountKey"]})


def _client() -> Any:
    from azure.storage.blob import BlobServiceClient

    return BlobServiceClient.from_connection_string(os.environ["BENCH_STORAGE"])


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    return ((str(p.relative_to(folder)), p) for p in sorted(folder.rglob("*")) if p.is_file())


def _write_many(folder: Path, files: int) -> None:
    for number in range(files):
        path = folder / f"d{number % 20}" / f"{number}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(FILE_SIZE))


def _write_large(folder: Path, mib: int) -> None:
    folder.mkdir()
    block = os.urandom(1 << 20)
    with (folder / "large.bin").open("wb") as stream:
        for number in range(mib):
            stream.write(number.to_bytes(8, "big") + block[8:])


def _peak() -> float:
    """Return the peak memory of this process in MiB; on Linux without its parent's."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    return int(status.partition("VmHWM:")[2].split()[0]) / (1 << 10)


if __name__ == "__main__":
    sys.exit(main())
