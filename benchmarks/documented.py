"""The documented way to train: one request after another, and one for each file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from amlrest_client import API_VERSION

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

API = {"api-version": API_VERSION}
IMAGE = "mcr.microsoft.com/azureml/openmpi3.1.2-ubuntu18.04"
CONDA = (
    "name: bench\ndependencies:\n  - python=3.11\n  - pip\n  - pip: [lightgbm, round-{number}]\n"
)
COMMAND = "python file0.py {inputs.iris}"


def workspace_id(local: LocalWorkspace) -> str:
    return (
        f"/subscriptions/{local.subscription_id}/resourceGroups/{local.resource_group}"
        f"/providers/Microsoft.MachineLearningServices/workspaces/{local.workspace_name}"
    )


def plain_client(local: LocalWorkspace) -> httpx.Client:
    headers = {"authorization": f"Bearer {local.token}"}
    return httpx.Client(base_url=local.endpoint, headers=headers, timeout=60, trust_env=False)


def documented(local: LocalWorkspace, code: Path, data: Path) -> None:
    """Train as the documentation does: one request after another, one for each file."""
    base = workspace_id(local)
    with plain_client(local) as client:

        def ask(method: str, path: str, properties: dict[str, Any] | None = None) -> Any:
            body = None if properties is None else {"properties": properties}
            return client.request(method, base + path, params=API, json=body).raise_for_status()

        ask("GET", "/computes")
        docker = {"dockerSpecificationType": "Image", "dockerImageUri": IMAGE}
        content = {"docker": docker, "condaFile": CONDA.format(number=1000)}
        ask("PUT", "/environments/bench/versions/1", content)
        default = client.get(f"{base}/datastores", params=API | {"isDefault": "true"})
        store = default.raise_for_status().json()["value"][0]
        ask("POST", f"/datastores/{store['name']}/listSecrets")
        where = store["properties"]["contents"]
        container = f"/{where['accountName']}/{where['containerName']}"
        for file in (data, *sorted(code.iterdir())):
            put_blob(client, f"{container}/bench/{file.name}", file)
        place = {"datastoreId": store["id"]}
        dataset = {"datasetType": "Simple", "path": f"bench/{data.name}", **place}
        ask("PUT", "/data/bench/versions/1", dataset)
        ask("PUT", "/codes/bench/versions/1", {"path": "bench", **place})
        ask("PUT", "/jobs/bench", command_job(base))


def put_blob(client: httpx.Client, path: str, file: Path) -> None:
    headers = {"x-ms-blob-type": "BlockBlob", "x-ms-version": "2021-08-06"}
    client.put(path, content=file.read_bytes(), headers=headers).raise_for_status()


def command_job(base: str) -> dict[str, Any]:
    return {
        "jobType": "Command",
        "command": COMMAND,
        "codeId": f"{base}/codes/bench/versions/1",
        "environmentId": f"{base}/environments/bench/versions/1",
        "inputDataBindings": {"iris": {"dataId": f"{base}/data/bench/versions/1"}},
        "experimentName": "bench",
        "compute": {"target": f"{base}/computes/cpu-cluster", "instanceCount": 1},
    }
