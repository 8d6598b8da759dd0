"""Helpers that deploy over the wire: endpoints, code, models and requests, without the facade."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.emulator.arm import Arm

ECHO = """
import json, os

def init():
    print("the script begins in", os.environ["AZUREML_MODEL_DIR"])

def run(data):
    return {"me": os.environ.get("ME", ""), "got": json.loads(data)}
"""


@dataclass
class Endpoint:
    """An online endpoint of a local workspace."""

    arm: Arm
    name: str
    folder: Path

    @property
    def path(self) -> str:
        """Its path below the workspace."""
        return f"onlineEndpoints/{self.name}"

    @property
    def properties(self) -> dict[str, Any]:
        """Its properties."""
        found: dict[str, Any] = self.arm("GET", self.path).json()["properties"]
        return found

    @property
    def keys(self) -> dict[str, str]:
        """Its keys."""
        found: dict[str, str] = self.arm("POST", f"{self.path}/listKeys").json()
        return found

    def code(self, script: str) -> dict[str, str]:
        """Register a scoring script; return the code configuration."""
        name = f"c{uuid.uuid4().hex[:8]}"
        place = self.folder / name
        place.mkdir()
        (place / "score.py").write_text(script, encoding="utf-8")
        version = f"codes/{name}/versions/1"
        made = self.arm("PUT", version, {"properties": {"path": place.as_uri()}})
        assert made.status_code == 201, made.text
        return {"codeId": f"{self.arm.id}/{version}", "scoringScript": "score.py"}

    def model(self, files: Path) -> dict[str, str]:
        """Register a model; return the reference to it."""
        version = f"models/m{uuid.uuid4().hex[:8]}/versions/1"
        made = self.arm("PUT", version, {"properties": {"path": files.as_uri()}})
        assert made.status_code == 201, made.text
        return {"referenceType": "Id", "assetId": f"{self.arm.id}/{version}"}

    def put(self, name: str, **properties: Any) -> httpx.Response:
        """Create or replace a deployment, without waiting."""
        body = {
            "location": "local",
            "properties": {"endpointComputeType": "Managed", **properties},
        }
        made = self.arm("PUT", f"{self.path}/deployments/{name}", body)
        assert made.status_code in {200, 201}, made.text
        return made

    def deploy(self, name: str, **properties: Any) -> dict[str, Any]:
        """Create or replace a deployment; return its operation when that has ended."""
        return self.ended(self.put(name, **properties))

    def ended(self, started: httpx.Response) -> dict[str, Any]:
        """Return a long-running operation when it has ended."""
        url = started.headers.get("Azure-AsyncOperation")
        if url is None:  # of a PUT again there is none; the resource tells
            return self._settled(started.json()["name"])
        deadline = time.monotonic() + 200
        while time.monotonic() < deadline:
            found: dict[str, Any] = self.arm.follow(url).json()
            if found["status"] in {"Succeeded", "Failed"}:
                return found
            time.sleep(0.1)
        raise AssertionError("the operation does not end")

    def _settled(self, name: str) -> dict[str, Any]:
        deadline = time.monotonic() + 200
        while time.monotonic() < deadline:
            state = self.deployment(name)["provisioningState"]
            if state in {"Succeeded", "Failed"}:
                return {"status": state}
            time.sleep(0.1)
        raise AssertionError("the deployment is not provisioned")

    def deployment(self, name: str) -> dict[str, Any]:
        """Return the properties of a deployment."""
        found = self.arm("GET", f"{self.path}/deployments/{name}").json()
        properties: dict[str, Any] = found["properties"]
        return properties

    def direct(self, **traffic: int) -> None:
        """Change the traffic."""
        changed = self.arm("PATCH", self.path, {"properties": {"traffic": traffic}})
        assert changed.status_code == 202, changed.text

    def log(self, name: str, **asked: Any) -> str:
        """Return the log of a deployment."""
        found = self.arm("POST", f"{self.path}/deployments/{name}/getLogs", asked).json()
        content: str = found["content"]
        return content

    def score(
        self, data: Any = None, *, key: str | None = None, to: str | None = None, **more: Any
    ) -> httpx.Response:
        """Send a request to the scoring URI, with the primary key unless another one is given."""
        headers = {"Authorization": f"Bearer {key or self.keys['primaryKey']}"}
        headers |= {"azureml-model-deployment": to} if to else {}
        return httpx.post(
            self.properties["scoringUri"], json=data, headers=headers, timeout=120, **more
        )


def make_endpoint(arm: Arm, folder: Path, **properties: Any) -> Endpoint:
    """Create an online endpoint of a new name."""
    made = Endpoint(arm, f"e{uuid.uuid4().hex[:8]}", folder)
    body = {"location": "local", "properties": {"authMode": "Key", **properties}}
    assert arm("PUT", made.path, body).status_code == 201
    return made
