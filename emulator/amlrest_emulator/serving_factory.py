"""What runs the deployments of a server, created from its context."""

from __future__ import annotations

from amlrest_emulator.context import Context
from amlrest_emulator.files import StateFolder
from amlrest_emulator.runner.resolver import Resolver
from amlrest_emulator.serving.instance import ServingServices
from amlrest_emulator.serving.scoring import Scoring, scoring_path
from amlrest_emulator.serving.serving import Serving
from amlrest_emulator.serving.sockets import sockets_folder


def create(context: Context) -> Serving:
    """Return what runs the deployments, not started yet; the context has its runner."""
    runner, workspace_id = context.runner, context.identity.workspace_id
    services = ServingServices(
        folder=StateFolder(context.state_dir).deployments,
        sockets=sockets_folder(context.state_dir),
        blobs=context.blobs,
        environments=runner.services.environments,
        launcher=runner.services.launcher,
        scoring_path=scoring_path,
        log_limit=runner.services.log_limit,
    )

    def resolver() -> Resolver:
        places = context.places(f"{workspace_id}/onlineEndpoints/_")
        return Resolver(context.state, workspace_id, places, runner.services.capacity)

    return Serving(
        services,
        resolver,
        context.long_running,
        runner.schedule,
        is_on=context.deployments == "serve",
    )


def scoring(context: Context) -> Scoring:
    """Return the application of the scoring URIs."""
    return Scoring(
        context.serving,
        context.state,
        f"{context.identity.workspace_id}/onlineEndpoints",
        context.identity.token,
        context.clock,
    )
