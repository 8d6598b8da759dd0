"""HTTP client for the management API of a local workspace, without any code under test."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx

from tests.official import API_VERSION


def reduced(found: Any, like: Any) -> Any:
    """Return the part of a body that another one has, too: the service adds what is not set."""
    if isinstance(found, dict) and isinstance(like, dict):
        return {key: reduced(found[key], like[key]) for key in like if key in found}
    if isinstance(found, list) and isinstance(like, list) and len(found) == len(like):
        return [reduced(*pair) for pair in zip(found, like, strict=True)]
    return found


def inner_codes(response: httpx.Response) -> list[str]:
    """Return the chain of inner codes of an error, the outermost first."""
    information = response.json()["error"].get("additionalInfo", [])
    inner = next(
        (each["info"]["value"] for each in information if each["type"] == "InnerError"), None
    )
    found = []
    while inner:
        found.append(inner["code"])
        inner = inner["innerError"]
    return found


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Return the status and the most specific code of an error."""
    error = response.json()["error"]
    details = [each["code"] for each in error.get("details", [])]
    return response.status_code, [error["code"], *details[:1], *inner_codes(response)][-1]


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
    def service_answers(self, seconds: float = 0.5) -> Iterator[None]:
        """Answer as the service does; long-running operations take a while."""
        as_service = {"answers": "service", "operation_delay": seconds}
        self.http.put("/_local/settings", json=as_service).raise_for_status()
        try:
            yield
        finally:
            before = {"answers": "convenient", "operation_delay": 0}
            self.http.put("/_local/settings", json=before).raise_for_status()

    @contextlib.contextmanager
    def operation_delay(self, seconds: float) -> Iterator[None]:
        """Let long-running operations take a while."""
        self.http.put("/_local/settings", json={"operation_delay": seconds})
        try:
            yield
        finally:
            self.http.put("/_local/settings", json={"operation_delay": 0})
