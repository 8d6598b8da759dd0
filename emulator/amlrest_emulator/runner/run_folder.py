"""Run folder: local files of a run, and the names of its blobs."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from amlrest_emulator.blob import BlobStore
from amlrest_emulator.runner.plan import CommandPlan
from amlrest_emulator.runner.process import LogFiles
from amlrest_emulator.runner.staging import (
    MissingFilesError,
    content_type,
    fetch,
    own_files,
    upload_folder,
)

RUN_CONTAINER = "azureml"
PREPARATION_LOG = "azureml-logs/20_image_build_log.txt"


def run_prefix(name: str) -> str:
    """Return the blob prefix of a run in the run container."""
    return f"ExperimentRun/dcid.{name}"


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

    def prepare(self, blobs: BlobStore) -> None:
        """Recreate the folder with empty log files that can be read as blobs."""
        shutil.rmtree(self.root, ignore_errors=True)
        for folder in (self.code, self.root / "user_logs"):
            folder.mkdir(parents=True)
        for path in (self.logs.combined, self.logs.stdout, self.logs.stderr):
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
            self._show(path, f"logs/{relative}", blobs)

    def _show(self, path: Path, name: str, blobs: BlobStore) -> None:
        blobs.put_live(RUN_CONTAINER, f"{run_prefix(self.name)}/{name}", path, content_type(path))

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

    def store_artifacts(self, folders: dict[str, Path], blobs: BlobStore) -> None:
        """Upload the artifacts that the command logged to MLflow."""
        for part, folder in folders.items():
            upload_folder(folder, RUN_CONTAINER, f"{run_prefix(self.name)}/{part}", blobs)

    def store(self, plan: CommandPlan, outputs: dict[str, str], blobs: BlobStore) -> None:
        """Upload logs, ``./outputs``, ``./logs`` and the output bindings."""
        prefix = run_prefix(self.name)
        for folder, part in (
            (self.root / "user_logs", "user_logs"),
            (self.root / "azureml-logs", "azureml-logs"),
            (self.code / "outputs", "outputs"),
            (self.code / "logs", "logs"),
        ):
            upload_folder(folder, RUN_CONTAINER, f"{prefix}/{part}", blobs)
        for name, path in outputs.items():
            item = plan.outputs[name]
            place = item.prefix.replace("${{name}}", self.name)
            upload_folder(Path(path), item.container, place, blobs)
