"""Requests for jobs of a local workspace: bodies, submission, polling, details, metrics."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from tests.emulator.arm import Arm

TERMINAL = {"Completed", "Failed", "Canceled"}


def name(prefix: str) -> str:
    """Return a unique job name."""
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


def upload(arm: Arm, path: str, content: bytes) -> None:
    """Upload a blob to the default datastore."""
    answer = arm.http.put(
        f"/amlrestlocal/azureml-blobstore/{path}",
        content=content,
        headers={"x-ms-blob-type": "BlockBlob"},
    )
    assert answer.status_code == 201, answer.text


def register(arm: Arm, kind: str, path: str) -> str:
    """Register a code or data version and return its id."""
    answer = arm("PUT", f"{kind}/{name('asset')}/versions/1", {"properties": {"path": path}})
    assert answer.status_code == 201, answer.text
    asset_id: str = answer.json()["id"]
    return asset_id


def command_job(arm: Arm, command: str, **fields: Any) -> dict[str, Any]:
    """Return the body of a Command job on cpu-cluster."""
    compute = {"target": f"{arm.id}/computes/cpu-cluster", "instanceCount": 1}
    properties = {"jobType": "Command", "command": command, "compute": compute, **fields}
    return {"properties": properties}


def sweep_job(arm: Arm, command: str, space: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return the body of a Sweep job on cpu-cluster."""
    body = command_job(arm, command)["properties"]
    properties = {
        "jobType": "Sweep",
        "algorithm": "Grid",
        "compute": body["compute"],
        "objective": {"primaryMetric": "loss", "goal": "Minimize"},
        "searchSpace": space,
        "trial": {"command": command},
        **fields,
    }
    return {"properties": properties}


def submit(arm: Arm, job: str, body: dict[str, Any]) -> None:
    """Submit a job and assert that it is created."""
    answer = arm("PUT", f"jobs/{job}", body)
    assert answer.status_code == 201, answer.text


def wait(arm: Arm, job: str, statuses: set[str] = TERMINAL) -> dict[str, Any]:
    """Poll a job until it has one of the statuses; return its properties."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        properties: dict[str, Any] = arm("GET", f"jobs/{job}").json()["properties"]
        if properties["status"] in statuses:
            return properties
        time.sleep(0.05)
    raise AssertionError(f"{job} is {properties['status']} after 90 s")


def details(arm: Arm, job: str, experiment: str = "Default") -> dict[str, Any]:
    """Return the run details of a job."""
    path = f"/history/v1.0{arm.id}/experiments/{experiment}/runs/{job}/details"
    answer = arm.http.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def mlflow(arm: Arm, call: str, **parameters: Any) -> dict[str, Any]:
    """Return the response of an MLflow REST call."""
    path = f"/mlflow/v1.0{arm.id}/api/2.0/mlflow/{call}"
    if call == "runs/search":
        answer = arm.http.post(path, json=parameters)
    else:
        answer = arm.http.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found
