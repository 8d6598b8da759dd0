"""Job runner of a server, created from its context."""

from __future__ import annotations

import os
from collections.abc import Callable

from amlrest_emulator import names
from amlrest_emulator.context import Context
from amlrest_emulator.files import StateFolder
from amlrest_emulator.json_body import part
from amlrest_emulator.runner.command_log import DEFAULT_LIMIT
from amlrest_emulator.runner.environments import Environments
from amlrest_emulator.runner.launcher import Launcher
from amlrest_emulator.runner.nodes import Nodes
from amlrest_emulator.runner.run_store import RunStore
from amlrest_emulator.runner.runner import Runner
from amlrest_emulator.runner.services import Services
from amlrest_emulator.runner.staging import fetch
from amlrest_emulator.state import State
from amlrest_emulator.tracking.job_tracking import tracking_variables
from amlrest_emulator.tracking.store import MlflowTracking

LOCAL_COMPUTE = "local"
LOG_LIMIT = "log_limit"
"""Setting: bytes that each log of a job keeps."""


def create(context: Context) -> Runner:
    """Return the job runner, not started yet."""
    capacity = node_counter(context.state, context.identity.workspace_id)
    context.blobs.remove_orphans()
    context.blobs.ensure_container(names.RUN_CONTAINER)
    identity = context.identity
    folder, build = StateFolder(context.state_dir).environments, context.environments == "build"
    launcher = Launcher()
    environments = Environments(
        folder,
        launcher,
        build=build,
        fetch=lambda source, target: fetch(source, target, context.blobs, "build context"),
        shared=((context.state_dir / "mlruns").resolve(),),
    )
    environments.recover()
    services = Services(
        folder=context.state_dir / "jobs",
        blobs=context.blobs,
        runs=RunStore(context.state),
        tracking=MlflowTracking(context.state_dir),
        nodes=Nodes(capacity),
        scope=(identity.subscription_id, identity.resource_group, identity.workspace_name),
        capacity=capacity,
        environments=environments,
        launcher=launcher,
        log_limit=int(context.state.setting(LOG_LIMIT, lambda: str(DEFAULT_LIMIT))),
        job_tracking=lambda name: tracking_variables(context, name),
    )
    return Runner(services)


def node_counter(state: State, workspace_id: str) -> Callable[[str], int]:
    """Return a function from a compute's name to its maximum number of nodes.

    It is 0 for computes that run no jobs, and the number of cores for the compute ``local``.
    """

    def count(compute: str) -> int:
        if compute == LOCAL_COMPUTE:
            return os.cpu_count() or 1
        found = state.get(f"{workspace_id}/computes/{compute}")
        properties = found.properties if found else {}
        if properties.get("computeType") == "ComputeInstance":
            return 1
        scale = part(properties, "properties", "scaleSettings")
        is_cluster = properties.get("computeType") == "AmlCompute"
        return int(scale.get("maxNodeCount") or 1) if is_cluster else 0

    return count
