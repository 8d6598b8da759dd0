# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""LoadBalancerType."""

from __future__ import annotations

from enum import StrEnum


class LoadBalancerType(StrEnum):
    """Open enum: the service may send and accept other values."""

    PUBLIC_IP = "PublicIp"
    INTERNAL_LOAD_BALANCER = "InternalLoadBalancer"

    @classmethod
    def is_open(cls) -> bool:
        """Return whether other values may be written."""
        return True
