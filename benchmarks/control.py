"""The control API of a local workspace: faults and the request log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from documented_workflow import plain_client

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace


class Control:
    """The control API of a local workspace: faults and the request log."""

    def __init__(self, local: LocalWorkspace) -> None:
        self._client = plain_client(local)

    def latency(self, milliseconds: int) -> None:
        """Delay every request."""
        rule = {"effect": "latency", "latency_ms": milliseconds}
        self._client.post("/_local/faults", json=rule).raise_for_status()

    def clear_faults(self) -> None:
        """Remove all faults."""
        self._client.delete("/_local/faults").raise_for_status()

    def clear_requests(self) -> None:
        """Clear the request log."""
        self._client.delete("/_local/requests").raise_for_status()

    def requests(self) -> list[dict[str, Any]]:
        """Return the request log."""
        response = self._client.get("/_local/requests").raise_for_status()
        entries: list[dict[str, Any]] = response.json()["value"]
        return entries
