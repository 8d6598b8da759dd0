"""Requests for batch endpoints of a local workspace: endpoints, deployments, invocation."""

from __future__ import annotations

from typing import Any

import httpx

from tests.emulator.arm import Arm
from tests.emulator.job_requests import name, register, upload


def endpoint(arm: Arm, **properties: Any) -> str:
    """Create a batch endpoint and return its name."""
    made = name("batch")
    body = {"location": "local", "properties": {"authMode": "AADToken", **properties}}
    answer = arm("PUT", f"batchEndpoints/{made}", body)
    assert answer.status_code in {200, 201}, answer.text
    return made


def deploy(arm: Arm, endpoint_name: str, deployment: str, **properties: Any) -> None:
    """Create a deployment on cpu-cluster."""
    compute = {"target": f"{arm.id}/computes/cpu-cluster"}
    body = {"location": "local", "properties": {"compute": compute, **properties}}
    answer = arm("PUT", f"batchEndpoints/{endpoint_name}/deployments/{deployment}", body)
    assert answer.status_code in {200, 201, 202}, answer.text


def asset(arm: Arm, kind: str, files: dict[str, bytes]) -> str:
    """Register a folder of files as code, data or a model, and return its id."""
    folder = name(kind)
    for path, content in files.items():
        upload(arm, f"{folder}/{path}", content)
    return register(arm, kind, folder)


def script(arm: Arm, text: str) -> dict[str, Any]:
    """Return the properties of a deployment with a scoring script."""
    code = asset(arm, "codes", {"score.py": text.encode()})
    return {"codeConfiguration": {"codeId": code, "scoringScript": "score.py"}}


def scoring_uri(arm: Arm, endpoint_name: str) -> str:
    """Return the scoring URI that an endpoint has."""
    found: str = arm("GET", f"batchEndpoints/{endpoint_name}").json()["properties"]["scoringUri"]
    return found


def reading(uri: str, kind: str = "UriFolder", **properties: Any) -> dict[str, Any]:
    """Return a request of today that reads a place."""
    inputs = {"table": {"JobInputType": kind, "Uri": uri}}
    return {"properties": {"InputData": inputs, **properties}}


def invoke(
    arm: Arm, endpoint_name: str, body: Any, deployment: str | None = None, **headers: str
) -> httpx.Response:
    """Invoke an endpoint at its scoring URI."""
    named = {"azureml-model-deployment": deployment} if deployment else {}
    uri = scoring_uri(arm, endpoint_name)
    return arm.http.post(uri, json=body, headers={**named, **headers})
