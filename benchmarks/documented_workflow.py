"""The documented training workflow: sequential requests, one for each file."""

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


def run_documented_workflow(local: LocalWorkspace, code: Path, data: Path) -> None:
    """Submit a job as the documentation does: sequential requests, one for each file."""
    base = workspace_id(local)
    with plain_client(local) as client:

        def request(method: str, path: str, properties: dict[str, Any] | None = None) -> Any:
            body = None if properties is None else {"properties": properties}
            return client.request(method, base + path, params=API, json=body).raise_for_status()

        request("GET", "/computes")
        docker = {"dockerSpecificationType": "Image", "dockerImageUri": IMAGE}
        content = {"docker": docker, "condaFile": CONDA.format(number=1000)}
        request("PUT", "/environments/bench/versions/1", content)
        default = client.get(f"{base}/datastores", params=API | {"isDefault": "true"})
        store = default.raise_for_status().json()["value"][0]
        request("POST", f"/datastores/{store['name']}/listSecrets")
        account = store["properties"]["contents"]
        container = f"/{account['accountName']}/{account['containerName']}"
        for file in (data, *sorted(code.iterdir())):
            put_blob(client, f"{container}/bench/{file.name}", file)
        datastore = {"datastoreId": store["id"]}
        dataset = {"datasetType": "Simple", "path": f"bench/{data.name}", **datastore}
        request("PUT", "/data/bench/versions/1", dataset)
        request("PUT", "/codes/bench/versions/1", {"path": "bench", **datastore})
        request("PUT", "/jobs/bench", command_job(base))


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
