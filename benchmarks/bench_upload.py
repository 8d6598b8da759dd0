"""Uploads to Azurite: amlrest against the official SDK, in one run.

    python benchmarks/bench_upload.py

Each way runs in a process of its own, with an Azurite of its own, and reports its seconds and how
far its memory rose over what it had before the upload. Small files are sent to an Azurite beside
the client, where its one thread bounds every client, as the way that only puts bytes from memory
shows; and to one that is a few milliseconds away, as every storage account is. The exit status is
1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from bars import Table
from distance import away

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "facade")]

CONTAINER = "bench"
FILE_SIZE = 10_000
WARM_UP = 300
DISTANCE_MS = 10
AT_ONCE = 64
MEMORY_LIMIT = 200
FAR_ROUNDS, LARGE_ROUNDS = 2, 2
LOOP, LIMIT = "SDK, loop", f"bytes from memory, {AT_ONCE} at once"
OURS = ("amlrest", "amlrest, async")
MANY = (LOOP, "SDK, 16 threads", *OURS, LIMIT)
LARGE = (LOOP, "SDK, 8 blocks at once", *OURS)


class Figures(NamedTuple):
    """What one way reached: its rate, times the loop's, and MiB of memory over its base."""

    rate: float
    ratio: float
    mib: float


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=2000)
    options.add_argument("--gib", type=float, default=1.0)
    options.add_argument("--rounds", type=int, default=5, help="the best counts")
    options.add_argument("--way", help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.way:
        print(json.dumps(measure(given.way, given.folder)))
        return 0
    return 0 if compare(given.files, given.gib, given.rounds) else 1


def compare(files: int, gib: float, rounds: int) -> bool:
    """Run every way on the same files, and hold what amlrest reaches against its bars."""
    with tempfile.TemporaryDirectory() as folder:
        many, large = Path(folder, "many"), Path(folder, "large")
        _write_many(many, files)
        _write_large(large, int(gib * 1024))
        small = f"{files} files of {FILE_SIZE // 1000} kB"
        near = report(small, MANY, many, files, "files/s", rounds=rounds)
        title = f"{small}, Azurite {DISTANCE_MS} ms away"
        far = report(
            title,
            MANY[:-1],
            many,
            files,
            "files/s",
            rounds=min(rounds, FAR_ROUNDS),
            distance=DISTANCE_MS,
        )
        title = f"1 file of {gib:g} GiB"
        one = report(title, LARGE, large, gib * 1024, "MiB/s", rounds=min(rounds, LARGE_ROUNDS))
    print()
    table = Table()
    for way in OURS:
        share = near[way].rate / near[LIMIT].rate
        table.at_least(f"small files, of what Azurite takes, {way}", share, 0.8, "{:.2f}")
        table.at_least(f"small files, times the loop, {way}", near[way].ratio, None, "{:.2f}x")
        far_ratio = far[way].ratio
        table.at_least(f"{DISTANCE_MS} ms away, times the loop, {way}", far_ratio, 3, "{:.2f}x")
        table.at_least(f"one file, times the loop, {way}", one[way].ratio, 1, "{:.2f}x")
        most = max(found[way].mib for found in (near, far, one))
        table.at_most(f"MiB over the base, {way}", most, MEMORY_LIMIT)
    return table.kept


def report(
    title: str,
    ways: tuple[str, ...],
    folder: Path,
    amount: float,
    unit: str,
    *,
    rounds: int = 1,
    distance: float = 0,
) -> dict[str, Figures]:
    """Print what each way reaches in the best of some rounds, and how often the loop's rate."""
    print(f"\n{title}\n{'':36}{unit:>10}{'ratio':>8}{'memory':>12}", flush=True)
    runs = [{way: _on_fresh_storage(way, folder, distance) for way in ways} for _ in range(rounds)]
    reached: dict[str, Figures] = {}
    for way in ways:
        best = min((run[way] for run in runs), key=lambda found: found["seconds"])
        rate = amount / best["seconds"]
        base = reached[LOOP].rate if reached else rate
        reached[way] = Figures(rate, rate / base, best["mib"])
        memory = f"+{best['mib']:.0f} MiB"
        print(f"{way:36}{rate:>10.0f}{rate / base:>8.2f}{memory:>12}", flush=True)
    return reached


def _on_fresh_storage(way: str, folder: Path, distance: float) -> dict[str, float]:
    """Upload in one way to an Azurite of its own, since it slows down as it fills up."""
    from tests.azurite import running

    command = [sys.executable, __file__, "--way", way, "--folder", str(folder)]
    with tempfile.TemporaryDirectory() as place, running(Path(place)) as server:
        _point_at(server)
        _warm_up(_client().create_container(CONTAINER))
        if not distance:
            return _figures(command)
        with away(server.port, distance) as port:
            _point_at(server._replace(port=port))
            return _figures(command)


def _point_at(server: Any) -> None:
    os.environ["BENCH_STORAGE"] = server.connection_string


def _figures(command: list[str]) -> dict[str, float]:
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    figures: dict[str, float] = json.loads(said)
    return figures


def _warm_up(container: Any) -> None:
    """Let Node.js compile what it runs, or the way that is over first would pay most for it."""
    for number in range(WARM_UP):
        container.upload_blob(f"warm-up/{number}", os.urandom(FILE_SIZE))


def measure(way: str, folder: Path) -> dict[str, float]:
    """Upload a folder in one way; imports and reading the folder's list are not counted."""
    run = {
        LOOP: sdk_loop,
        "SDK, 16 threads": sdk_threads,
        "SDK, 8 blocks at once": sdk_blocks,
        "amlrest": amlrest_sync,
        "amlrest, async": amlrest_async,
        LIMIT: bare,
    }[way](folder, f"{way}/{time.time_ns()}")
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


def bare(folder: Path, prefix: str) -> Callable[[], Any]:
    """Put the files' bytes and do nothing else: as fast as this client can drive the storage."""
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
    import obstore.store  # noqa: F401 - its import belongs to the base, as the SDK's does
    from amlrest._files.blob_target import BlobTarget

    said = dict(part.split("=", 1) for part in os.environ["BENCH_STORAGE"].split(";"))
    contents = {
        "accountName": said["AccountName"],
        "containerName": CONTAINER,
        "endpoint": said["BlobEndpoint"].split("/")[2],
    }
    return BlobTarget.from_datastore(contents, {"key": said["AccountKey"]})


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
    """The most memory this process has had, in MiB; Linux alone does not count its parent's."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    return int(status.partition("VmHWM:")[2].split()[0]) / (1 << 10)


if __name__ == "__main__":
    sys.exit(main())
