# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ComputePowerAction."""

from __future__ import annotations

from enum import StrEnum


class ComputePowerAction(StrEnum):
    """Open: the service may send and take other values."""

    START = "Start"
    STOP = "Stop"

    @classmethod
    def is_open(cls) -> bool:
        """Whether values that are no member may be written."""
        return True
