"""The nodes of clusters: how many there are and what they run."""

from typing import Any

from amlrest_emulator import names
from amlrest_emulator.context import Context
from amlrest_emulator.engine.call import Call, Reply, handles, presents
from amlrest_emulator.engine.errors import ArmError
from amlrest_emulator.engine.json_body import part
from amlrest_emulator.engine.mutability import merge
from amlrest_emulator.state import Resource, parent_of

_CLUSTER = "AmlCompute"
_IDLE_STATES = ("preparing", "unusable", "leaving", "preempted")


@presents(f"{names.PROVIDER}/workspaces/computes")
def present_compute(context: Context, resource: Resource, body: dict[str, Any]) -> dict[str, Any]:
    """Add to a cluster the number of its nodes, as of now."""
    if part(body, "properties").get("computeType") != _CLUSTER:
        return body
    busy = len(busy_nodes(context, resource))
    count = node_count(body, busy)
    states = {"idle": count - busy, "running": busy} | dict.fromkeys(_IDLE_STATES, 0)
    fields = {
        "currentNodeCount": count,
        "targetNodeCount": count,
        "nodeStateCounts": {f"{state}NodeCount": number for state, number in states.items()},
    }
    return merge(body, {"properties": {"properties": fields}})


@handles("Compute_ListNodes")
def list_nodes(call: Call) -> Reply:
    """List the nodes of a cluster with the runs on them."""
    cluster = call.resource()
    found = part(cluster.body, "properties").get("computeType")
    if found != _CLUSTER:
        message = f"{cluster.name} is {found}; only {_CLUSTER} has nodes."
        raise ArmError(400, "WrongComputeType", message, cluster.id)
    runs = busy_nodes(call.context, cluster)
    nodes: list[dict[str, Any]] = []
    for number in range(node_count(cluster.body, len(runs))):
        state = {"nodeState": "idle"}
        if number < len(runs):
            state = {"nodeState": "running", "runId": runs[number]}
        nodes.append({"nodeId": f"node-{number}", **state})
    return Reply(200, {"computeType": _CLUSTER, "nodes": nodes})


def busy_nodes(context: Context, cluster: Resource) -> list[str]:
    """Return the run on each node of a cluster that has one."""
    if parent_of(cluster.id).lower() != context.identity.workspace_id.lower():
        return []
    return [
        record.name
        for record in context.runner.site.runs.unfinished()
        if record.kind != "sweep"
        and record.pid is not None
        and record.plan["compute"] == cluster.name.lower()
        for _ in range(record.plan["nodes"])
    ]


def node_count(body: dict[str, Any], busy: int) -> int:
    """Return how many nodes a cluster has: its minimum, or more when runs need them."""
    scale = part(body, "properties", "properties", "scaleSettings")
    return max(scale.get("minNodeCount") or 0, busy)
