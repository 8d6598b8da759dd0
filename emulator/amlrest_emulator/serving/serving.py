"""Deployments of the workspace that serve; their processes live in the loop of the job runner."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from amlrest_emulator.long_running import LongRunningOperations
from amlrest_emulator.runner.resolver import Resolver
from amlrest_emulator.runner.supervisor import end_marked
from amlrest_emulator.serving.folder import DeploymentFolder
from amlrest_emulator.serving.instance import Instance, ProvisioningError, ServingServices
from amlrest_emulator.serving.log import read_log
from amlrest_emulator.serving.plan import DeploymentPlan, NotServedError, plan_deployment
from amlrest_emulator.serving.sockets import remove_sockets_folder
from amlrest_emulator.state import Resource

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_STOP_TIMEOUT = 20.0
_DRAIN_INTERVAL = 0.1
_RETRY_DELAY = 1.0
Schedule = Callable[[Coroutine[Any, Any, T]], "Future[T]"]


@dataclass(slots=True)
class _Deployment:
    """The processes of a deployment.

    Attributes:
        current: serves requests; None until one is asked for.
        coming: replaces it when it is ready.
        failure: why there is none, if starting it has failed.
    """

    folder: DeploymentFolder
    current: Instance | None = None
    coming: Instance | None = None
    failure: ProvisioningError | None = None

    def instances(self) -> list[Instance]:
        """Return its processes, the current one first."""
        return [each for each in (self.current, self.coming) if each is not None]


class Serving:
    """Runs the deployments of the online endpoints of the workspace.

    Args:
        services: what they share.
        resolver: looks up what a deployment refers to.
        operations: told when a deployment is provisioned.
        schedule: runs a coroutine in the loop of the processes.
        is_on: whether deployments are run; else they are only stored.
    """

    def __init__(
        self,
        services: ServingServices,
        resolver: Callable[[], Resolver],
        operations: LongRunningOperations,
        schedule: Schedule[Any],
        *,
        is_on: bool,
    ) -> None:
        self._services = services
        self._resolver = resolver
        self._operations = operations
        self._schedule = schedule
        self._is_on = is_on
        self._workspace = resolver().workspace_id.lower()
        self._deployments: dict[str, _Deployment] = {}
        self._instances: set[Instance] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """End what a killed server left; go on with what was being provisioned."""
        end_marked(f"{self._services.folder}/")
        remove_sockets_folder(self._services.sockets)
        for resource_id in self._operations.waiting():
            found = self._operations.state.get(resource_id)
            if found is None:
                self._operations.end_waiting(resource_id)
            else:
                self.provision(found)

    def stop(self) -> None:
        """End all processes; what is being provisioned goes on at the next start."""
        self._schedule(self._end_all()).result(_STOP_TIMEOUT)
        remove_sockets_folder(self._services.sockets)

    async def _end_all(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._deployments.clear()
        await asyncio.gather(*map(self._end, list(self._instances)))

    async def _end(self, instance: Instance) -> None:
        await instance.end()
        self._instances.discard(instance)

    def plan(self, resource: Resource) -> DeploymentPlan:
        """Return what a deployment runs.

        Raises:
            NotServedError: the local workspace does not run it.
        """
        if not self._is_on:
            raise NotServedError(
                "the local workspace only stores deployments (--deployments store)."
            )
        if not resource.id.lower().startswith(f"{self._workspace}/"):
            raise NotServedError("deployments run in the workspace 'local' only.")
        return plan_deployment(
            resource.id, resource.properties, self._resolver(), self._services.blobs
        )

    def must_start(self, resource: Resource) -> bool:
        """Return whether a process has to be started for a deployment as it is stored."""
        try:
            plan = self.plan(resource)
        except NotServedError:
            return False
        return not self._is_running(resource.id, plan)

    def _is_running(self, resource_id: str, plan: DeploymentPlan) -> bool:
        found = self._deployments.get(resource_id.lower())
        if found is None or found.current is None or found.coming is not None:
            return False
        return found.current.plan == plan and found.current.is_ready()

    def provision(self, resource: Resource) -> None:
        """Prepare and start a deployment, in the background; then end its operations.

        If it is running, the old process serves until the new one is ready.
        """
        try:
            plan = self.plan(resource)
        except NotServedError:
            self._operations.end_waiting(resource.id)
            self.remove(resource.id)
            return
        self._schedule(self._begin(resource.id, plan))

    async def _begin(self, resource_id: str, plan: DeploymentPlan) -> None:
        self._in_background(self._provision(resource_id, plan))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            _LOG.error("a deployment failed unexpectedly", exc_info=task.exception())

    async def _provision(self, resource_id: str, plan: DeploymentPlan) -> None:
        if self._is_running(resource_id, plan):
            await self._settle(resource_id)
            return
        deployment = self._deployment(resource_id)
        deployment.failure = None
        if deployment.coming is not None:
            self._in_background(self._end(deployment.coming))
        coming = deployment.coming = Instance(self._services, plan, deployment.folder)
        self._instances.add(coming)
        try:
            await coming.ready()
        except ProvisioningError as error:
            if deployment.coming is coming:
                deployment.coming, deployment.failure = None, error
                await self._end(coming)
                await self._settle(resource_id, {"code": error.code, "message": str(error)})
            return
        if deployment.coming is coming:
            old, deployment.current, deployment.coming = deployment.current, coming, None
            await self._settle(resource_id)
            if old is not None:
                await _drained(old)
                await self._end(old)

    async def _settle(self, resource_id: str, error: dict[str, str] | None = None) -> None:
        """End the operations of a deployment; on a full disk, as soon as there is space."""
        while True:
            try:
                self._operations.end_waiting(resource_id, error)
            except sqlite3.Error:
                await asyncio.sleep(_RETRY_DELAY)
            else:
                return

    def remove(self, resource_id: str) -> None:
        """End a deployment, or all deployments below an id, and delete their files."""
        canceled = {"code": "OperationCanceled", "message": "The deployment was deleted."}
        for each in self._operations.waiting():
            if _is_below(each.lower(), resource_id.lower()):
                self._operations.end_waiting(each, canceled)
        if self._is_on:
            self._schedule(self._remove(resource_id.lower()))

    async def _remove(self, key: str) -> None:
        below = [each for each in self._deployments if _is_below(each, key)]
        removed = [self._deployments.pop(each) for each in below]
        ends = [self._end(each) for item in removed for each in item.instances()]
        for item in removed:
            item.current = item.coming = None
        await asyncio.gather(*ends)
        is_new = any(_is_below(each, key) for each in self._deployments)
        if key.startswith(f"{self._workspace}/") and not is_new:
            removed_folder = self._folder(key).set_aside()
            await asyncio.to_thread(shutil.rmtree, removed_folder, ignore_errors=True)

    async def instance(self, resource: Resource) -> Instance:
        """Return the process that serves a deployment, started if it is not; for any event loop.

        Raises:
            NotServedError: the local workspace does not run it.
            ProvisioningError: it could not be started, or has crashed too often.
        """
        known = self._deployments.get(resource.id.lower())
        if known and known.current and known.current.is_ready():
            return known.current
        if not (known and known.current):
            await asyncio.to_thread(self.plan, resource)
        return await asyncio.wrap_future(self._schedule(self._ready(resource)))

    async def _ready(self, resource: Resource) -> Instance:
        deployment = self._deployment(resource.id)
        if not deployment.instances():
            self._start_again(resource, deployment)
            await asyncio.sleep(0)
        found = deployment.current or deployment.coming
        if found is None:
            raise ProvisioningError("ResourceNotReady", "The deployment was stopped.")
        await found.ready()
        return found

    def _start_again(self, resource: Resource, deployment: _Deployment) -> None:
        """Start a deployment that was provisioned before the server was restarted."""
        if deployment.failure is not None:
            raise deployment.failure
        if resource.properties.get("provisioningState") == "Failed":
            message = "Its provisioning failed; its log has the reason."
            raise ProvisioningError("ResourceNotReady", message)
        self._in_background(self._provision(resource.id, self.plan(resource)))

    def log(self, resource: Resource, container: str, lines: int | None) -> str:
        """Return the end of a log of a deployment.

        Args:
            resource: the deployment.
            container: ``StorageInitializer``, or any other word for that of the server.
            lines: number of lines; None for all.
        """
        if not resource.id.lower().startswith(f"{self._workspace}/"):
            return ""
        folder = self._folder(resource.id)
        is_preparation = container.lower() == "storageinitializer"
        return read_log(folder.preparation_log if is_preparation else folder.server_log, lines)

    def _deployment(self, resource_id: str) -> _Deployment:
        key = resource_id.lower()
        if key not in self._deployments:
            folder = self._folder(key)
            folder.remove_instances()
            self._deployments[key] = _Deployment(folder)
        return self._deployments[key]

    def _folder(self, resource_id: str) -> DeploymentFolder:
        """Return the folder of a deployment, or of an endpoint: ``<endpoint>/<deployment>``."""
        parts = resource_id.lower().split("/")
        names = parts[10::2] if len(parts) > 10 else []  # noqa: PLR2004
        return DeploymentFolder(self._services.folder.joinpath(*names))


def _is_below(key: str, scope: str) -> bool:
    return f"{key}/".startswith(f"{scope}/")


async def _drained(instance: Instance) -> None:
    """Wait until a process that gets no more requests has answered those that it has."""
    limit = instance.plan.timeout
    with suppress(TimeoutError):
        async with asyncio.timeout(limit):
            while instance.busy:  # noqa: ASYNC110 - counted in another event loop
                await asyncio.sleep(_DRAIN_INTERVAL)
