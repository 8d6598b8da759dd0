"""Nodes of clusters: number, state and run of each."""

from __future__ import annotations

from typing import Any

from amlrest_emulator import names
from amlrest_emulator.context import Context
from amlrest_emulator.engine.call import Call, Reply, handles, presents
from amlrest_emulator.handlers.computes import CLUSTER, of_kind
from amlrest_emulator.json_body import merge, part
from amlrest_emulator.state import Resource, parent_of
from amlrest_emulator.times import as_service

_TIMES = ("createdOn", "modifiedOn")
_IDLE_STATES = ("preparing", "unusable", "leaving", "preempted")


@presents(f"{names.PROVIDER}/workspaces/computes")
def present_compute(context: Context, resource: Resource, body: dict[str, Any]) -> dict[str, Any]:
    """Write the times of a compute as the service does; add the node counts of a cluster."""
    properties = part(body, "properties")
    times = {key: as_service(properties[key]) for key in _TIMES if properties.get(key)}
    body = merge(body, {"properties": times})
    if resource.properties.get("computeType") != CLUSTER:
        return body
    if properties.get("provisioningState") == "Creating":
        unknown = dict.fromkeys(("allocationState", "allocationStateTransitionTime"))
        return merge(body, {"properties": {"properties": unknown}})
    changed = part(properties, "properties").get("allocationStateTransitionTime")
    busy = len(busy_nodes(context, resource))
    count = node_count(body, busy)
    states = {"idle": count - busy, "running": busy} | dict.fromkeys(_IDLE_STATES, 0)
    fields = {
        "currentNodeCount": count,
        "targetNodeCount": count,
        "allocationStateTransitionTime": as_service(changed) if changed else None,
        "nodeStateCounts": {f"{state}NodeCount": number for state, number in states.items()},
    }
    return merge(body, {"properties": {"properties": fields}})


@handles("Compute_ListNodes")
def list_nodes(call: Call) -> Reply:
    """List the nodes of a cluster with their runs."""
    cluster = of_kind(call, CLUSTER)
    runs = busy_nodes(call.context, cluster)
    nodes: list[dict[str, Any]] = []
    for number in range(node_count(cluster.body, len(runs))):
        state = {"nodeState": "idle"}
        if number < len(runs):
            state = {"nodeState": "running", "runId": runs[number]}
        nodes.append({"nodeId": f"node-{number}", **state})
    return Reply(200, {"computeType": CLUSTER, "nodes": nodes})


def busy_nodes(context: Context, cluster: Resource) -> list[str]:
    """Return the run names of the busy nodes of a cluster."""
    if parent_of(cluster.id).lower() != context.identity.workspace_id.lower():
        return []
    return [
        record.name
        for record in context.runner.services.runs.with_process()
        if record.plan["compute"] == cluster.name.lower()
        for _ in range(record.plan["nodes"])
    ]


def node_count(body: dict[str, Any], busy: int) -> int:
    """Return the number of nodes of a cluster: its minimum, or the busy ones if more."""
    scale = part(body, "properties", "properties", "scaleSettings")
    return max(scale.get("minNodeCount") or 0, busy)
