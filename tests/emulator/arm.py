"""Plain HTTP to a local workspace, as curl would do it."""

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

API_VERSION = "2021-03-01-preview"
_ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("AMLREST_SHARED", _ROOT.parent / "shared"))
DOCUMENTS = (
    SHARED
    / "upstream/azure-rest-api-specs/specification/machinelearningservices/resource-manager"
    / "Microsoft.MachineLearningServices/preview"
    / API_VERSION
)


def official(path: str = "") -> Path:
    """Return a file of the official documents, or skip the test."""
    if not DOCUMENTS.is_dir():
        pytest.skip("the official documents are not here; set AMLREST_SHARED to their folder")
    return DOCUMENTS / path


def official_operations() -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Return method, path and definition of each operation of the official documents."""
    found = {}
    for file in sorted(official().glob("*.json")):
        for path, item in json.loads(file.read_text()).get("paths", {}).items():
            for method, operation in item.items():
                found[operation["operationId"]] = (method.upper(), path, operation)
    return found


class Arm:
    """An httpx client that knows the token, the api-version and the workspace's id."""

    def __init__(self, workspace: Any) -> None:
        self.id = (
            f"/subscriptions/{workspace.subscription_id}/resourceGroups/{workspace.resource_group}"
            f"/providers/Microsoft.MachineLearningServices/workspaces/{workspace.workspace_name}"
        )
        self.endpoint = workspace.endpoint
        self.http = httpx.Client(
            base_url=workspace.endpoint,
            headers={"Authorization": f"Bearer {workspace.token}"},
            timeout=30,
        )

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> httpx.Response:
        """Send a request; ``path`` is below the workspace unless it begins with a slash."""
        where = path if path.startswith("/") else f"{self.id}/{path}".rstrip("/")
        asked = {"api-version": API_VERSION, **{k.lstrip("_"): v for k, v in query.items()}}
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        return self.http.request(method, quote(where, safe="/$"), params=asked, content=content)

    def follow(self, url: str) -> httpx.Response:
        """Get an address the service gave, as it is."""
        return self.http.get(url)

    def fault(self, **rule: Any) -> str:
        """Put a fault rule into force."""
        answer = self.http.post("/_local/faults", json=rule)
        assert answer.status_code == 201, answer.text
        rule_id: str = answer.json()["value"][0]["id"]
        return rule_id

    def clear_faults(self) -> None:
        """Take all rules out of force."""
        assert self.http.delete("/_local/faults").status_code == 204

    def log(self) -> list[dict[str, Any]]:
        """Return the log of requests."""
        entries: list[dict[str, Any]] = self.http.get("/_local/requests").json()["value"]
        return entries

    @contextlib.contextmanager
    def operation_delay(self, seconds: float) -> Iterator[None]:
        """Let long-running operations take a while."""
        self.http.put("/_local/settings", json={"operation_delay": seconds})
        try:
            yield
        finally:
            self.http.put("/_local/settings", json={"operation_delay": 0})
