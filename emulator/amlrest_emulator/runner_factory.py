"""The runner of a server, made from its context."""

import os
from collections.abc import Callable

from amlrest_emulator import names
from amlrest_emulator.context import Context
from amlrest_emulator.runner.execution import Site
from amlrest_emulator.runner.nodes import Nodes
from amlrest_emulator.runner.records import RunStore
from amlrest_emulator.runner.runner import Runner
from amlrest_emulator.state import State
from amlrest_emulator.tracking.store import MlflowTracking

LOCAL_COMPUTE = "local"


def create(context: Context) -> Runner:
    """Return a runner on the state folder, not started yet."""
    capacity = node_counter(context.state, context.identity.workspace_id)
    context.blobs.remove_orphans()
    context.blobs.ensure_container(names.RUN_CONTAINER)
    identity = context.identity
    site = Site(
        folder=context.state_dir / "jobs",
        blobs=context.blobs,
        runs=RunStore(context.state),
        tracking=MlflowTracking(context.state_dir),
        nodes=Nodes(capacity),
        scope=(identity.subscription_id, identity.resource_group, identity.workspace_name),
        capacity=capacity,
    )
    return Runner(site)


def node_counter(state: State, workspace_id: str) -> Callable[[str], int]:
    """Return what tells the number of nodes a compute may have; 0 when it runs no jobs.

    A cluster has its maximum, an instance one, and the compute ``local`` one node per core.
    """

    def count(compute: str) -> int:
        if compute == LOCAL_COMPUTE:
            return os.cpu_count() or 1
        found = state.get(f"{workspace_id}/computes/{compute}")
        properties = found.body.get("properties", {}) if found else {}
        if properties.get("computeType") == "ComputeInstance":
            return 1
        settings = properties.get("properties") or {}
        scale = settings.get("scaleSettings") or {}
        is_cluster = properties.get("computeType") == "AmlCompute"
        return int(scale.get("maxNodeCount") or 1) if is_cluster else 0

    return count
