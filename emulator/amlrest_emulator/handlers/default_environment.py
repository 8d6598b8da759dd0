"""The environment of jobs without one, which later API versions show: the Python of the server."""

from __future__ import annotations

import sys
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.context import Context
from amlrest_emulator.engine.crud import store

_ENVIRONMENTS = f"{names.PROVIDER}/workspaces/environments"


def register(context: Context) -> None:
    """Register the environment, unless it exists."""
    version_id = names.default_environment(context.identity.workspace_id)
    container_id = version_id.rpartition("/versions/")[0]
    if context.state.get(version_id) is None:
        if context.state.get(container_id) is None:
            store(context, container_id, _ENVIRONMENTS, {"properties": {}})
        store(context, version_id, f"{_ENVIRONMENTS}/versions", _body())


def _body() -> dict[str, Any]:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {
        "properties": {
            "description": "The Python of the local workspace, for jobs without an environment.",
            "environmentSpecificationType": "Curated",
            "docker": {"dockerSpecificationType": "Image", "dockerImageUri": f"python:{version}"},
        }
    }
