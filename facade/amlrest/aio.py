"""Asyncio API: a `Workspace` with the same names as `amlrest.Workspace`."""

from __future__ import annotations

from amlrest._async.workspace import Workspace

__all__ = ["Workspace"]
