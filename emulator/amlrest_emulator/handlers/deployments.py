"""Handlers of deployments: references are checked, online ones are run."""

from __future__ import annotations

from typing import Any

from amlrest_emulator.arm_errors import conflict, invalid
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles
from amlrest_emulator.handlers.references import missing_reference
from amlrest_emulator.json_body import part
from amlrest_emulator.serving.plan import NotServedError
from amlrest_emulator.state import parent_of

_REFERENCES = (
    ("environmentId",),
    ("codeConfiguration", "codeId"),
    ("compute", "target"),
    ("model", "assetId"),
)


@handles("OnlineDeployments_CreateOrUpdate", "BatchDeployments_CreateOrUpdate")
def create(call: Call) -> Reply:
    """Create or replace a deployment; an online one is started in the background."""
    properties = part(call.body, "properties")
    problems = [
        problem
        for path in _REFERENCES
        if (problem := missing_reference(call.context, _at(properties, path), _target(path)))
    ]
    if problems:
        raise invalid(problems)
    if not _is_online(call):
        return crud.put(call)
    reply = crud.put(call, waits=call.context.serving.must_start)
    _provision(call)
    return reply


@handles("OnlineDeployments_Update")
def update(call: Call) -> Reply:
    """Change a deployment; its process is replaced if what it runs has changed."""
    reply = crud.patch(call, waits=call.context.serving.must_start)
    _provision(call)
    return reply


def _is_online(call: Call) -> bool:
    return call.operation.id.startswith("OnlineDeployments")


def _provision(call: Call) -> None:
    found = call.context.state.get(call.resource_id)
    if found is not None and not call.fail_operation:
        call.context.serving.provision(found)


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
    if _is_online(call) and not call.fail_operation:
        call.context.serving.remove(call.resource_id)
    return crud.delete(call)


@handles("OnlineDeployments_GetLogs")
def get_logs(call: Call) -> Reply:
    """Return the end of a log of the deployment, or why it has none."""
    deployment, serving = call.resource(), call.context.serving
    asked = call.body or {}
    content = serving.log(deployment, str(asked.get("containerType") or ""), asked.get("tail"))
    if not content:
        try:
            serving.plan(deployment)
        except NotServedError as error:
            content = f"{deployment.name}: no container log; {error}\n"
    return Reply(200, {"content": content})


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _target(path: tuple[str, ...]) -> str:
    return ".".join(("properties", *path))
