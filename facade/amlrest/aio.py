"""The asyncio face: `Workspace` with the same names as `amlrest.Workspace`, to be awaited."""

from __future__ import annotations

from amlrest._async.workspace import Workspace

__all__ = ["Workspace"]
