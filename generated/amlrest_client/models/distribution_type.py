# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DistributionType."""

from __future__ import annotations

from enum import StrEnum


class DistributionType(StrEnum):
    """Open enum: the service may send and accept other values."""

    PY_TORCH = "PyTorch"
    TENSOR_FLOW = "TensorFlow"
    MPI = "Mpi"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
