# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""OperationStatus."""

from __future__ import annotations

from enum import StrEnum


class OperationStatus(StrEnum):
    """Open enum: the service may send and accept other values."""

    IN_PROGRESS = "InProgress"
    SUCCEEDED = "Succeeded"
    CREATE_FAILED = "CreateFailed"
    START_FAILED = "StartFailed"
    STOP_FAILED = "StopFailed"
    RESTART_FAILED = "RestartFailed"
    REIMAGE_FAILED = "ReimageFailed"
    DELETE_FAILED = "DeleteFailed"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
