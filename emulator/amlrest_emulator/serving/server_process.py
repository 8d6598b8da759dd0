"""The process of a deployment: its command and its variables."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, replace
from pathlib import Path

from amlrest_emulator.runner.environment import inherited_variables
from amlrest_emulator.runner.environments import Prepared
from amlrest_emulator.serving.folder import InstanceFolder, StagedFiles
from amlrest_emulator.serving.plan import DeploymentPlan

_PORT = 5001
_LATER_MS = 1000


def socket_of(sockets: Path, folder: InstanceFolder) -> Path:
    """Return the socket that the inference server makes of the name that it is given."""
    return sockets / f"{folder.root.name}:{_PORT}"


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """The inference server of a deployment.

    Attributes:
        plan: what it runs.
        files: its files.
        folder: its folder.
        sockets: folder of the sockets.
        scoring: path of the scoring URI of its endpoint, without ``/score``.
    """

    plan: DeploymentPlan
    files: StagedFiles
    folder: InstanceFolder
    sockets: Path
    scoring: str

    def command(self, prepared: Prepared) -> tuple[str, dict[str, str]]:
        """Return its shell command and all its variables, in an environment or a container."""
        files, container = self.files, prepared.container
        # By its path, since variables of the deployment may change PATH.
        python = str(prepared.path[0] / "python") if prepared.path else "python"
        words = [
            *("exec", python, str(files.starter), str(self.sockets / self.folder.root.name)),
            *("--entry_script", files.script.name, "--model_dir", str(files.models)),
        ]
        command, variables = shlex.join(words), self._variables(prepared)
        if container is None:
            return command, variables
        seeing = replace(container, mounts=(*container.mounts, self.sockets))
        name = f"amlrest-{self.folder.root.name}-{len(container.started)}"
        return seeing.command(name, command, variables, files.script.parent, self.folder.root)

    def _variables(self, prepared: Prepared) -> dict[str, str]:
        plan, files = self.plan, self.files
        own = {
            "PYTHONUNBUFFERED": "1",
            "GIT_PYTHON_REFRESH": "quiet",
            "MLFLOW_DISABLE_TELEMETRY": "true",
            "SERVICE_NAME": plan.endpoint,
            "SERVICE_PATH_PREFIX": self.scoring.strip("/"),
            # After the time limit of the request, to free the worker.
            "SCORING_TIMEOUT_MS": str(int(plan.timeout * 1000) + _LATER_MS),
            "AML_APP_ROOT": str(files.script.parent),
            "AZUREML_ENTRY_SCRIPT": files.script.name,
            "AZUREML_MODEL_DIR": str(files.models),
        }
        if files.mlflow_model is not None:
            own["AMLREST_MLFLOW_MODEL"] = str(files.mlflow_model)
        inherited = inherited_variables(os.environ, prepared)
        return {**inherited, **own, **prepared.variables, **plan.variables}
