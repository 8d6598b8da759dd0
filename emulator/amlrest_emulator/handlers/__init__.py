"""Handlers of operations with behavior beyond CRUD, one module per resource type."""

from __future__ import annotations

from importlib import import_module

_MODULES = (
    "assets",
    "codes",
    "computes",
    "containers",
    "datastores",
    "deployments",
    "endpoints",
    "jobs",
    "nodes",
    "trials",
    "workspaces",
)


def load() -> None:
    """Register every handler."""
    for name in _MODULES:
        import_module(f"{__name__}.{name}")
