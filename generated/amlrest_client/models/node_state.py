# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""NodeState."""

from __future__ import annotations

from enum import StrEnum


class NodeState(StrEnum):
    """Open enum: the service may send and accept other values."""

    IDLE = "idle"
    RUNNING = "running"
    PREPARING = "preparing"
    UNUSABLE = "unusable"
    LEAVING = "leaving"
    PREEMPTED = "preempted"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
