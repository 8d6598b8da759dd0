"""Folder of a deployment: its logs, and one folder for each process with its files."""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from amlrest_emulator.blob import BlobStore
from amlrest_emulator.runner.model_files import MODEL_FILE, find_mlflow_model
from amlrest_emulator.runner.staging import MissingFilesError, fetch
from amlrest_emulator.serving.plan import DeploymentPlan, ModelFiles

_HERE = Path(__file__).parent
_STARTER, _MLFLOW_SCRIPT = "start_server.py", "mlflow_score.py"


@dataclass(frozen=True, slots=True)
class DeploymentFolder:
    """The folder of a deployment."""

    root: Path

    @property
    def server_log(self) -> Path:
        """What its processes have written."""
        return self.root / "inference_server.log"

    @property
    def preparation_log(self) -> Path:
        """What was done before they were started."""
        return self.root / "storage_initializer.log"

    def set_aside(self) -> Path:
        """Rename the folder, to delete it; there may be another one of its name at once."""
        aside = self.root.with_name(f"{self.root.name}.{secrets.token_hex(4)}.deleted")
        with suppress(FileNotFoundError):
            self.root.rename(aside)
        return aside

    def new_instance(self) -> InstanceFolder:
        """Return the folder of a new process, which does not exist."""
        return InstanceFolder(self.root / secrets.token_hex(4))

    def remove_instances(self) -> None:
        """Delete the folders of all processes, which have ended."""
        for path in self.root.glob("*/"):
            shutil.rmtree(path, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class InstanceFolder:
    """The folder of one process of a deployment, laid out as in Azure's container."""

    root: Path

    @property
    def mark(self) -> str:
        """Mark of its processes."""
        return f"{self.root}/"

    @property
    def environment(self) -> Path:
        """Its virtual environment."""
        return self.root / "environment"

    @property
    def ready(self) -> Path:
        """File that tells the starter that its workers have been ready."""
        return self.root / "server/ready"

    def stage(self, plan: DeploymentPlan, blobs: BlobStore) -> StagedFiles:
        """Copy the files of a deployment into the folder.

        Raises:
            MissingFilesError: they cannot be read, or have neither the script nor an MLflow model.
        """
        code, server = self.root / "onlinescoring", self.root / "server"
        for folder in (code, server, self.root / "azureml-models"):
            folder.mkdir(parents=True)
        for name in (_STARTER, _MLFLOW_SCRIPT):
            shutil.copyfile(_HERE / name, server / name)
        model = self._stage_model(plan.model, blobs) if plan.model else None
        models = self._models(plan.model)
        if plan.code is None:
            mlflow_model = _mlflow_model(model)
            return StagedFiles(server / _STARTER, server / _MLFLOW_SCRIPT, models, mlflow_model)
        fetch(plan.code, code, blobs, "code")
        return StagedFiles(server / _STARTER, _script(code, plan.script), models)

    def _models(self, model: ModelFiles | None) -> Path:
        return self.root / "azureml-models" / (model.name if model else "")

    def _stage_model(self, model: ModelFiles, blobs: BlobStore) -> Path:
        place, source = self._models(model), model.source
        name = source.path.strip("/").rpartition("/")[2]
        is_file = source.kind == "url" or (
            source.kind == "blob" and blobs.find(source.container, source.path.strip("/"))
        )
        whole = is_file or (source.kind == "file" and not Path(source.path).is_dir())
        return fetch(source, place if whole or not name else place / name, blobs, "model")


@dataclass(frozen=True, slots=True)
class StagedFiles:
    """Files of a process.

    Attributes:
        starter: program that starts the inference server.
        script: the scoring script.
        models: value of ``AZUREML_MODEL_DIR``.
        mlflow_model: folder of an MLflow model without a scoring script, else None.
    """

    starter: Path
    script: Path
    models: Path
    mlflow_model: Path | None = None

    def conda_file(self) -> str:
        """Return the conda file of an MLflow model without a script, "" if there is none."""
        path = self.mlflow_model / "conda.yaml" if self.mlflow_model else None
        return path.read_text(encoding="utf-8") if path and path.is_file() else ""


def _script(code: Path, name: str) -> Path:
    path = (code / name).resolve()
    if not path.is_relative_to(code.resolve()) or not path.is_file():
        raise MissingFilesError(f"the scoring script {name!r} is not a file of the code")
    return path


def _mlflow_model(model: Path | None) -> Path:
    found = find_mlflow_model(model) if model else None
    if found is None:
        raise MissingFilesError(f"the model has no file {MODEL_FILE}, and there is no script")
    return found
