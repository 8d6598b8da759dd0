"""Uploads to Azurite: amlrest against the official SDK, in one run.

Each way runs in a process of its own, which reports its seconds and how far its memory rose over
what it had before the upload. Run it with `--files` and `--gib` for other sizes.
"""

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
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "facade")]

CONTAINER = "bench"
FILE_SIZE = 10_000
WARM_UP = 300
MEMORY_LIMIT = 200
MANY = ("SDK, loop", "SDK, 16 threads", "amlrest", "amlrest, async")
LARGE = ("SDK, loop", "SDK, 8 blocks at once", "amlrest", "amlrest, async")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=2000)
    options.add_argument("--gib", type=float, default=1.0)
    options.add_argument("--way", help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.way:
        print(json.dumps(measure(given.way, given.folder)))
    else:
        compare(given.files, given.gib)


def compare(files: int, gib: float) -> None:
    """Run every way on the same files and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        many, large = Path(folder, "many"), Path(folder, "large")
        _write_many(many, files)
        _write_large(large, int(gib * 1024))
        report(f"{files} files of {FILE_SIZE // 1000} kB", MANY, many, files, "files/s", rounds=2)
        report(f"1 file of {gib:g} GiB", LARGE, large, gib * 1024, "MiB/s")


def report(
    title: str,
    ways: tuple[str, ...],
    folder: Path,
    amount: float,
    unit: str,
    *,
    rounds: int = 1,
) -> None:
    """Print what each way reaches in the best of some rounds, and its share of the first way."""
    print(f"\n{title}\n{'':24}{unit:>10}{'ratio':>8}{'memory':>12}", flush=True)
    runs = [{way: _on_fresh_storage(way, folder) for way in ways} for _ in range(rounds)]
    base = None
    for way in ways:
        figures = min((run[way] for run in runs), key=lambda found: found["seconds"])
        rate = amount / figures["seconds"]
        base = base or rate
        memory = f"+{figures['mib']:.0f} MiB"
        late = "  over the limit" if figures["mib"] > MEMORY_LIMIT and "amlrest" in way else ""
        print(f"{way:24}{rate:>10.0f}{rate / base:>8.2f}{memory:>12}{late}", flush=True)


def _on_fresh_storage(way: str, folder: Path) -> dict[str, float]:
    """Upload in one way to an Azurite of its own, since it slows down as it fills up."""
    from tests.azurite import running

    command = [sys.executable, __file__, "--way", way, "--folder", str(folder)]
    with tempfile.TemporaryDirectory() as place, running(Path(place)) as server:
        os.environ["BENCH_STORAGE"] = server.connection_string
        _warm_up(_client().create_container(CONTAINER))
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
        "SDK, loop": sdk_loop,
        "SDK, 16 threads": sdk_threads,
        "SDK, 8 blocks at once": sdk_blocks,
        "amlrest": amlrest_sync,
        "amlrest, async": amlrest_async,
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
    from amlrest._sync.uploader import upload
    from amlrest.snapshot import scan

    target = _target()
    return lambda: upload(target, scan(folder), prefix)


def amlrest_async(folder: Path, prefix: str) -> Callable[[], Any]:
    from amlrest._async.uploader import upload
    from amlrest.snapshot import scan

    target = _target()
    return lambda: asyncio.run(upload(target, scan(folder), prefix))


def _target() -> Any:
    import obstore.store  # noqa: F401 - its import belongs to the base, as the SDK's does
    from amlrest.storage import BlobTarget

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
    main()
