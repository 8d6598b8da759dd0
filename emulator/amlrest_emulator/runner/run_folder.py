"""Run folder: local files of a run, and the names of its blobs."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import sqlite3
import stat
from dataclasses import dataclass
from pathlib import Path

from amlrest_emulator.blob import BlobError, BlobStore, move_file
from amlrest_emulator.blob.naming import check_blob
from amlrest_emulator.names import RUN_CONTAINER, run_prefix
from amlrest_emulator.runner.command_log import LogFiles
from amlrest_emulator.runner.plan import CommandPlan
from amlrest_emulator.runner.staging import (
    MissingFilesError,
    content_type,
    fetch,
    own_files,
    upload_folder,
)

PREPARATION_LOG = "azureml-logs/20_image_build_log.txt"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of a run: ``code`` (the working folder), ``inputs``, ``outputs``, ``user_logs``.

    Attributes:
        name: job or trial name.
        root: the folder.
    """

    name: str
    root: Path

    @property
    def mark(self) -> str:
        """Mark of the processes of the run."""
        return f"{self.root}/"

    @property
    def code(self) -> Path:
        """The working folder of the command."""
        return self.root / "code"

    @property
    def logs(self) -> LogFiles:
        """Log files of the command."""
        folder = self.root / "user_logs"
        return LogFiles(folder / "std_log.txt", folder / "stdout.txt", folder / "stderr.txt")

    def remove(self) -> None:
        """Remove the folder, also where the command has made parts of it read-only."""
        shutil.rmtree(self.root, ignore_errors=True)
        if self.root.exists():
            _permit(self.root)
            shutil.rmtree(self.root, ignore_errors=True)

    def prepare(self, blobs: BlobStore) -> None:
        """Recreate the folder with empty log files that can be read as blobs."""
        self.remove()
        for folder in (self.code, self.root / "user_logs"):
            folder.mkdir(parents=True)
        for path in self.logs.all():
            path.touch()
            self._show(path, f"user_logs/{path.name}", blobs)

    def log_preparation(self, line: str, blobs: BlobStore) -> None:
        """Add a line to the log of what was done before the command."""
        path = self.root / PREPARATION_LOG
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            self._show(path, PREPARATION_LOG, blobs)
        with path.open("a", encoding="utf-8", errors="replace") as stream:
            stream.write(f"{line}\n")

    def show_logs(self, blobs: BlobStore) -> None:
        """Make the files in ``./logs`` readable as blobs while they grow."""
        for relative, path in own_files(self.code / "logs"):
            with contextlib.suppress(BlobError, UnicodeError):  # shown when the command has ended
                self._show(path, f"logs/{relative}", blobs)

    def _show(self, path: Path, name: str, blobs: BlobStore) -> None:
        blob = check_blob(f"{run_prefix(self.name)}/{name}")
        blobs.put_live(RUN_CONTAINER, blob, path, content_type(path))

    def stage_files(self, plan: CommandPlan, blobs: BlobStore) -> dict[str, str]:
        """Copy code and inputs into the folder.

        Returns:
            Input name → path of its file or folder, or its literal value.

        Raises:
            MissingFilesError: code or an input cannot be read.
        """
        if plan.code is not None:
            fetch(plan.code, self.code, blobs, "code")
        paths = dict(plan.literals)
        for name, item in plan.inputs.items():
            place = self._place(item.place, self.root / "inputs" / name)
            paths[name] = str(fetch(item.source, place, blobs, f"input {name!r}"))
        return paths

    def outputs(self, plan: CommandPlan) -> dict[str, str]:
        """Create the folders of the output bindings; return name → path."""
        paths = {}
        for name, item in plan.outputs.items():
            place = self._place(item.place, self.root / "outputs" / name)
            place.mkdir(parents=True, exist_ok=True)
            paths[name] = str(place)
        return paths

    def _place(self, place: str, default: Path) -> Path:
        if not place:
            return default
        path = (self.code / place).resolve()
        if not path.is_relative_to(self.code.resolve()):
            raise MissingFilesError(f"pathOnCompute {place!r} is outside the working folder.")
        return path

    def store_artifacts(self, folders: dict[str, Path], blobs: BlobStore) -> list[str]:
        """Upload the artifacts that the command logged to MLflow; return what was not uploaded."""
        problems = [
            upload_folder(folder, RUN_CONTAINER, f"{run_prefix(self.name)}/{part}", blobs)
            for part, folder in folders.items()
        ]
        return list(itertools.chain(*problems))

    def store(self, plan: CommandPlan, outputs: dict[str, str], blobs: BlobStore) -> list[str]:
        """Upload logs, ``./outputs``, ``./logs`` and the output bindings.

        Returns:
            What was not uploaded, and why.
        """
        prefix = run_prefix(self.name)
        problems = upload_folder(self.code / "outputs", RUN_CONTAINER, f"{prefix}/outputs", blobs)
        for name, path in outputs.items():
            item = plan.outputs[name]
            place = item.prefix.replace("${{name}}", self.name)
            problems += upload_folder(Path(path), item.container, place, blobs)
        return problems + self._store_logs(blobs)

    def _store_logs(self, blobs: BlobStore) -> list[str]:
        """Move the logs to the blobs, so that they are kept once."""
        prefix, problems = run_prefix(self.name), list[str]()
        for folder in (self.code / "logs", self.root / "azureml-logs"):
            lost = upload_folder(folder, RUN_CONTAINER, f"{prefix}/{folder.name}", blobs)
            if not lost and not folder.is_symlink():
                shutil.rmtree(folder, ignore_errors=True)
            problems += lost
        self.logs.share()
        for path in self.logs.all():
            name = f"{prefix}/user_logs/{path.name}"
            try:
                _store_log(path, name, blobs)
            except (OSError, sqlite3.Error) as error:
                problems.append(f"user_logs/{path.name}: {error}")
        return problems


def _store_log(path: Path, name: str, blobs: BlobStore) -> None:
    """Move a log to the blobs; one that the command has removed or replaced is empty."""
    if path.is_file() and not path.is_symlink():
        move_file(blobs, RUN_CONTAINER, name, path, content_type(path))
    else:
        blobs.put(RUN_CONTAINER, name, [], headers={"content-type": content_type(path)})


def _permit(folder: Path) -> None:
    """Allow the owner everything in a folder and those below it."""
    folder.chmod(stat.S_IRWXU)
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _permit(Path(entry.path))
