"""Handlers of deployments: references are checked, nothing is served."""

from __future__ import annotations

from typing import Any

from amlrest_emulator.arm_errors import conflict, invalid
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles
from amlrest_emulator.handlers.references import missing_reference
from amlrest_emulator.json_body import part
from amlrest_emulator.state import parent_of

_REFERENCES = (
    ("environmentId",),
    ("codeConfiguration", "codeId"),
    ("compute", "target"),
    ("model", "assetId"),
)


@handles("OnlineDeployments_CreateOrUpdate", "BatchDeployments_CreateOrUpdate")
def create(call: Call) -> Reply:
    """Create or replace a deployment."""
    properties = part(call.body, "properties")
    problems = [
        problem
        for path in _REFERENCES
        if (problem := missing_reference(call.context, _at(properties, path), _target(path)))
    ]
    if problems:
        raise invalid(problems)
    return crud.put(call)


@handles("OnlineDeployments_Delete", "BatchDeployments_Delete")
def delete(call: Call) -> Reply:
    """Delete a deployment, unless it receives traffic."""
    endpoint = call.context.state.get(parent_of(call.resource_id))
    traffic = part(endpoint.properties, "traffic") if endpoint else {}
    name = call.values["deploymentName"].lower()
    share = sum(value for key, value in traffic.items() if key.lower() == name)
    if share and call.context.state.get(call.resource_id):
        message = (
            f"{call.resource_id} receives {share} % of the traffic; set its traffic to 0 first."
        )
        raise conflict(message, call.resource_id, "DeploymentHasTraffic")
    return crud.delete(call)


@handles("OnlineDeployments_GetLogs")
def get_logs(call: Call) -> Reply:
    """Return the log: a note that the local workspace runs no containers."""
    deployment = call.resource()
    text = f"{deployment.name}: no container log; the local workspace does not serve deployments.\n"
    return Reply(200, {"content": text})


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _target(path: tuple[str, ...]) -> str:
    return ".".join(("properties", *path))
