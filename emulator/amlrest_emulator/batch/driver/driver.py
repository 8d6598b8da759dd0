"""Driver of a batch job: scores the files of its input in mini-batches, by worker processes."""

from __future__ import annotations

import argparse
import contextlib
import logging
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

_LOG = logging.getLogger("azureml.batch")
_WORKER = str(Path(__file__).with_name("worker.py"))
_TABLES = (".csv", ".parquet", ".pqt")
_SHOWN = 5


class BatchError(Exception):
    """The job has failed; the message says why."""


@dataclass(frozen=True)
class Settings:
    """What the deployment and the request say.

    Attributes:
        data: file or folder with the input.
        score: folder of the output.
        model: file or folder of the model; "" for none.
        model_name: last part of the path that the model was registered with.
        script: scoring script in the working folder; "" for an MLflow model.
        file_name: file that gets the rows; "" where the script itself stores its results.
        size: files in a mini-batch.
        threshold: failed files that are ignored; -1 for any number.
        retries: further tries of a mini-batch that failed.
        timeout: seconds of one try.
        workers: number of worker processes.
        level: level of the log.
    """

    data: str
    score: str
    model: str = ""
    model_name: str = ""
    script: str = ""
    file_name: str = ""
    size: int = 10
    threshold: int = -1
    retries: int = 3
    timeout: float = 30.0
    workers: int = 1
    level: str = "info"


@dataclass(frozen=True)
class Result:
    """Result of one mini-batch: its rows, and how many of its files were scored."""

    rows: str = ""
    scored: int = 0
    error: str = ""


def read_arguments(arguments: Sequence[str] | None = None) -> Settings:
    """Return the settings that a command line has."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--score", required=True)
    for name in ("model", "model-name", "script", "file-name"):
        parser.add_argument(f"--{name}", default="")
    for name in ("size", "threshold", "retries", "workers"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Settings, name))
    parser.add_argument("--timeout", type=float, default=Settings.timeout)
    parser.add_argument("--level", default=Settings.level)
    return Settings(**vars(parser.parse_args(arguments)))


def find_files(data: Path) -> list[str]:
    """Return the files of an input by name; folders in it are not searched.

    Raises:
        BatchError: there is none.
    """
    if data.is_file():
        return [str(data)]
    inside = sorted(data.iterdir()) if data.is_dir() else []
    files = [str(path) for path in inside if path.is_file()]
    folders = [path.name for path in inside if path.is_dir()]
    if folders:
        _LOG.warning("folders in the input are not searched: %s", _some(folders))
    if not files:
        raise BatchError("the input has no files")
    return files


def check_tables(files: Sequence[str]) -> None:
    """Raise unless an MLflow model can score all files without a script.

    Raises:
        BatchError: a file is of another type; names it.
    """
    others = [Path(name).name for name in files if not name.lower().endswith(_TABLES)]
    if others:
        raise BatchError(
            f"an MLflow model without a scoring script reads {', '.join(_TABLES)}, "
            f"not {_some(others)}"
        )


def split(files: Sequence[str], size: int) -> list[list[str]]:
    """Return the mini-batches."""
    return [list(files[start : start + size]) for start in range(0, len(files), size)]


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


class Worker:
    """A worker process; a new one is started after a crash or timeout.

    Args:
        settings: settings of the job.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def start(self) -> None:
        """Start the process unless it runs.

        Raises:
            BatchError: ``init`` failed, or the model cannot be loaded.
        """
        if self._connection is not None:
            return
        self._connection, other = multiprocessing.Pipe()
        descriptor, settings = other.fileno(), self._settings
        words = [str(descriptor), settings.level, settings.script, settings.model]
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, _WORKER, *words], pass_fds=[descriptor]
        )
        other.close()
        try:
            [error] = self._connection.recv()
        except (EOFError, OSError):
            error = self._death()
        if error:
            self.kill()
            raise BatchError(f"the scoring script or model cannot be loaded: {error}")

    def score(self, files: list[str]) -> Result:
        """Return the result of one try of a mini-batch."""
        self.start()
        connection = self._connection
        if connection is None:
            return Result(error="the worker was ended")
        try:
            connection.send(files)
            if connection.poll(self._settings.timeout):
                return Result(*connection.recv())
            error = f"run() took longer than {self._settings.timeout:g} s"
        except (EOFError, OSError):
            error = self._death()
        self.kill()
        return Result(error=error)

    def _death(self) -> str:
        code = self._process.wait() if self._process else None
        return f"the worker ended with exit code {code}"

    def interrupt(self) -> None:
        """Kill the process from another thread; the one that uses it sees its end."""
        if self._process is not None:
            self._process.kill()

    def kill(self) -> None:
        """Kill the process and forget it."""
        process, self._process = self._process, None
        connection, self._connection = self._connection, None
        if process is not None:
            process.kill()
            process.wait()
        if connection is not None:
            connection.close()


@dataclass
class Progress:
    """What was scored so far; safe to use from several threads.

    Attributes:
        batches: the mini-batches.
        stream: gets the rows in the order of the mini-batches.
        threshold: failed files that are ignored; -1 for any number.
        workers: the workers, which are interrupted when the job has failed.
        failed: number of failed files.
        problem: why the job has failed, or "".
        last_error: the last error of a mini-batch.
    """

    batches: list[list[str]]
    stream: Any
    threshold: int
    workers: list[Worker] = field(default_factory=list)
    failed: int = 0
    problem: str = ""
    last_error: str = ""
    _next: int = 0
    _written: int = 0
    _rows: dict[int, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> int | None:
        """Return the number of the next mini-batch, None if there is no more to do."""
        with self._lock:
            if self.problem or self._next >= len(self.batches):
                return None
            self._next += 1
            return self._next - 1

    def add(self, number: int, result: Result) -> None:
        """Add the result of a mini-batch."""
        with self._lock:
            self._rows[number] = result.rows
            while self._written in self._rows:
                self.stream.write(self._rows.pop(self._written))
                self._written += 1
            self.stream.flush()
            self.failed += len(self.batches[number]) - result.scored
            self.last_error = result.error or self.last_error
            is_above = -1 < self.threshold < self.failed
        if is_above:
            self.stop(
                f"{self.failed} files failed, more than the error threshold {self.threshold}"
                f"{self.reason()}"
            )

    def stop(self, problem: str) -> None:
        """Take no further mini-batches; the first problem is the one that counts."""
        self.problem = self.problem or problem
        for worker in self.workers:
            worker.interrupt()

    def reason(self) -> str:
        """Return the last error without its traceback, which the log has, to end a message."""
        lines = self.last_error.splitlines()
        return f"; the last error: {lines[-1]}" if lines else ""


def run(settings: Settings) -> None:
    """Score all files.

    Raises:
        BatchError: the job has failed.
    """
    files = find_files(Path(settings.data))
    if not settings.script:
        check_tables(files)
    batches = split(files, settings.size)
    _LOG.info("%d files in %d mini-batches", len(files), len(batches))
    place = Path(settings.score, settings.file_name) if settings.file_name else Path(os.devnull)
    with place.open("w", encoding="utf-8") as stream:
        progress = Progress(batches, stream, settings.threshold)
        _score_all(settings, progress)
    if progress.problem:
        raise BatchError(progress.problem)
    if progress.failed == len(files):
        raise BatchError(f"no file was scored{progress.reason()}")
    _LOG.info("%d files scored, %d failed", len(files) - progress.failed, progress.failed)


def _score_all(settings: Settings, progress: Progress) -> None:
    """Run the workers until all mini-batches are scored or the job has failed."""
    count = min(settings.workers, len(progress.batches))
    progress.workers = [Worker(settings) for _ in range(count)]
    threads = [
        threading.Thread(target=_drain, args=(worker, settings, progress))
        for worker in progress.workers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _drain(worker: Worker, settings: Settings, progress: Progress) -> None:
    """Score mini-batches with one worker until there are no more."""
    try:
        while (number := progress.take()) is not None:
            progress.add(number, _score(worker, settings, progress, number))
    except (BatchError, OSError) as error:
        progress.stop(str(error))
    finally:
        worker.kill()


def _score(worker: Worker, settings: Settings, progress: Progress, number: int) -> Result:
    """Return the result of a mini-batch after as many tries as are allowed."""
    files, result = progress.batches[number], Result()
    label = f"mini-batch {number + 1} of {len(progress.batches)}"
    worker.start()
    for attempt in range(1 + settings.retries):
        if progress.problem:
            break
        started = time.monotonic()
        result = worker.score(files)
        if not result.error:
            seconds = time.monotonic() - started
            _LOG.info("%s: %d of %d files in %.1f s", label, result.scored, len(files), seconds)
            return result
        _LOG.warning("%s, try %d failed: %s", label, attempt + 1, result.error)
    return result


def set_places(settings: Settings) -> None:
    """Set the variables that tell a script where its model and its output are.

    As in Azure, the folder of the model contains what was registered, under its own name.
    """
    os.environ["AZUREML_BI_OUTPUT_PATH"] = settings.score
    if settings.model:
        model = Path(settings.model).resolve()
        folder = Path(tempfile.mkdtemp(prefix="model-", dir=model.parent))
        (folder / (settings.model_name or model.name)).symlink_to(model)
        os.environ["AZUREML_MODEL_DIR"] = str(folder)


def main() -> int:
    """Run the job; return the exit code."""
    settings = read_arguments()
    logging.basicConfig(
        level=settings.level.upper(),
        format="%(asctime)s %(levelname)s %(message)s",
        stream=sys.stderr,
    )
    try:
        set_places(settings)
        run(settings)
    except BatchError as error:
        sys.stderr.write(f"ERROR: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
