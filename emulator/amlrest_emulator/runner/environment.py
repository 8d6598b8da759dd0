"""Environment variables of a command; only a short list is inherited from the server."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amlrest_emulator.runner.environments.prepare import HOST, Prepared

# The server's secrets (token, cloud credentials) are not on the list.
_INHERITED = (
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "LOGNAME",
    "MPLCONFIGDIR",
    "NO_PROXY",
    "REQUESTS_CA_BUNDLE",
    "SHELL",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "TMPDIR",
    "TZ",
    "USER",
    "no_proxy",
)


@dataclass(frozen=True, slots=True)
class RunIdentity:
    """Properties of a run that its command gets as variables.

    Attributes:
        name: job or trial name.
        tracking_uri: MLflow tracking URI.
        run_id: MLflow run; the experiment likewise.
        scope: subscription id, resource group and workspace name.
        threads: number of cores per process.
    """

    name: str
    tracking_uri: str
    run_id: str
    experiment_id: str
    experiment: str
    scope: tuple[str, str, str]
    threads: int


def command_environment(
    identity: RunIdentity,
    *,
    server: Mapping[str, str],
    prepared: Prepared,
    inputs: Mapping[str, str],
    outputs: Mapping[str, str],
    variables: Mapping[str, str],
) -> dict[str, str]:
    """Return the environment of a command; variables of the job take precedence."""
    inherited = inherited_variables(server, prepared)
    subscription, group, workspace = identity.scope
    own = {
        "PYTHONUNBUFFERED": "1",
        "MPLBACKEND": "Agg",
        "OMP_NUM_THREADS": str(identity.threads),
        "MLFLOW_TRACKING_URI": identity.tracking_uri,
        "MLFLOW_RUN_ID": identity.run_id,
        "MLFLOW_EXPERIMENT_ID": identity.experiment_id,
        "MLFLOW_EXPERIMENT_NAME": identity.experiment,
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "GIT_PYTHON_REFRESH": "quiet",
        "AZUREML_RUN_ID": identity.name,
        "AZUREML_ARM_SUBSCRIPTION": subscription,
        "AZUREML_ARM_RESOURCEGROUP": group,
        "AZUREML_ARM_WORKSPACE_NAME": workspace,
        "AZUREML_ARM_PROJECT_NAME": identity.experiment,
    }
    bound = {f"AZURE_ML_INPUT_{name}": path for name, path in inputs.items()}
    bound |= {f"AZURE_ML_OUTPUT_{name}": path for name, path in outputs.items()}
    return {**inherited, **own, **prepared.variables, **bound, **variables}


def inherited_variables(server: Mapping[str, str], prepared: Prepared) -> dict[str, str]:
    """Return what a command inherits from the server, with its own PATH; nothing in a container."""
    if prepared.container:
        return {}
    inherited = {name: server[name] for name in _INHERITED if name in server}
    return {**inherited, "PATH": _path(server, prepared.path)}


def host_path(server: Mapping[str, str]) -> str:
    """Return the PATH of commands that run with the Python of the local workspace."""
    return _path(server, HOST.path)


def _path(server: Mapping[str, str], first: tuple[Path, ...]) -> str:
    """Return the PATH of a command, without the virtual environment of the server."""
    own = set(map(str, HOST.path)) if sys.prefix != sys.base_prefix else set()
    folders = server.get("PATH", "/usr/local/bin:/usr/bin:/bin").split(":")
    return ":".join([*map(str, first), *(folder for folder in folders if folder not in own)])


def rank_environments(distribution: Mapping[str, Any] | None, port: int) -> list[dict[str, str]]:
    """Return the additional variables of each rank of a command.

    All nodes are on this machine, so ranks connect over loopback.

    Args:
        distribution: JSON form, or None for a single process.
        port: free port for the rendezvous (PyTorch) or the first worker (TensorFlow).
    """
    kind = distribution["distributionType"] if distribution else ""
    if distribution and kind == "PyTorch":
        return _pytorch(process_count(distribution), port)
    if distribution and kind == "TensorFlow":
        return _tensorflow(distribution, port)
    return [{}]


def process_count(distribution: Mapping[str, Any] | None) -> int:
    """Return the number of processes of a distribution."""
    if not distribution:
        return 1
    if distribution["distributionType"] == "TensorFlow":
        workers = int(distribution.get("workerCount") or 1)
        return workers + int(distribution.get("parameterServerCount") or 0)
    name = "processCount" if distribution["distributionType"] == "PyTorch" else ""
    return int(distribution.get(name or "processCountPerInstance") or 1)


def _pytorch(count: int, port: int) -> list[dict[str, str]]:
    return [
        {
            "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": str(port),
            "WORLD_SIZE": str(count),
            "RANK": str(rank),
            "LOCAL_RANK": str(rank),
            "NODE_RANK": "0",
        }
        for rank in range(count)
    ]


def _tensorflow(distribution: Mapping[str, Any], port: int) -> list[dict[str, str]]:
    servers = int(distribution.get("parameterServerCount") or 0)
    roles = [("worker", index) for index in range(process_count(distribution) - servers)]
    roles += [("ps", index) for index in range(servers)]
    cluster: dict[str, list[str]] = {}
    for offset, (role, _) in enumerate(roles):
        cluster.setdefault(role, []).append(f"127.0.0.1:{port + offset}")
    return [
        {"TF_CONFIG": json.dumps({"cluster": cluster, "task": {"type": role, "index": index}})}
        for role, index in roles
    ]
