"""One process of a deployment: prepared, started, kept running, and ended."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from amlrest_emulator.blob import BlobStore
from amlrest_emulator.runner.environments import Environments, Prepared, UnbuildableError
from amlrest_emulator.runner.launcher import Launcher
from amlrest_emulator.runner.plan import EnvironmentSource
from amlrest_emulator.runner.process import Running, start, to_the_end
from amlrest_emulator.runner.staging import MissingFilesError
from amlrest_emulator.runner.supervisor import MARK
from amlrest_emulator.serving.folder import DeploymentFolder, StagedFiles
from amlrest_emulator.serving.log import RollingLog
from amlrest_emulator.serving.plan import DeploymentPlan
from amlrest_emulator.serving.server_packages import server_packages
from amlrest_emulator.serving.server_process import ServerProcess, socket_of
from amlrest_emulator.serving.sockets import make_sockets_folder

_LOG = logging.getLogger(__name__)
_START_SECONDS = 310.0
"""Seconds until the first answer, as the default probes of the service allow."""
_GRACE = 5.0
_HEALTH = "http://deployment/"
_LOOK = 0.05
_RESTARTS = 5
_FIRST_DELAY, _LONGEST_DELAY = 1.0, 60.0
_STEADY_SECONDS = 60.0


class ProvisioningError(Exception):
    """A deployment that could not be started.

    Args:
        code: error code of the service.
        message: reason.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class ServingServices:
    """What all deployments share.

    Attributes:
        folder: parent of the folders of endpoints.
        sockets: folder of the sockets, which only its owner can enter.
        scoring_path: returns the path of the scoring URI of an endpoint.
        log_limit: bytes that each log keeps.
    """

    folder: Path
    sockets: Path
    blobs: BlobStore
    environments: Environments
    launcher: Launcher
    scoring_path: Callable[[str], str]
    log_limit: int


class Instance:
    """A process of a deployment.

    Args:
        services: shared services.
        plan: what to run.
        folder: folder of the deployment.

    Attributes:
        busy: number of requests that it works on.
    """

    def __init__(
        self, services: ServingServices, plan: DeploymentPlan, folder: DeploymentFolder
    ) -> None:
        self.plan = plan
        self.busy = 0
        self._services = services
        self._folder = folder
        self._own = folder.new_instance()
        self._log = RollingLog(folder.server_log, services.log_limit)
        self._preparation = RollingLog(folder.preparation_log, services.log_limit)
        self._ready = _future()
        self._ending = False
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(self._done)

    @property
    def socket(self) -> Path:
        """Socket that it listens on."""
        return socket_of(self._services.sockets, self._own)

    async def ready(self) -> None:
        """Wait until it answers.

        Raises:
            ProvisioningError: it could not be started, or has crashed too often.
        """
        # After a restart there is another future.
        while not self.is_ready():
            await asyncio.shield(self._ready)

    def is_ready(self) -> bool:
        """Return whether it answers."""
        return self._ready.done() and self._ready.exception() is None

    async def end(self) -> None:
        """End the process and delete its files; idempotent."""
        if not self._ending:
            self._ending = True
            self._task.cancel()
        await asyncio.wait([self._task])
        self._fail(ProvisioningError("ResourceNotReady", "The deployment was stopped."))
        self.socket.unlink(missing_ok=True)
        await asyncio.to_thread(shutil.rmtree, self._own.root, ignore_errors=True)

    async def _run(self) -> None:
        try:
            await self._prepare_and_serve()
        except ProvisioningError as error:
            self._fail(error)
        except MissingFilesError as error:
            self._fail(ProvisioningError("BadArgument", f"The files of the deployment: {error}"))
        except UnbuildableError as error:
            self._fail(ProvisioningError("ImageBuildFailure", str(error)))
        except OSError as error:
            self._fail(ProvisioningError("ResourceNotReady", f"It could not be started: {error}"))

    def _done(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            name = f"{self.plan.endpoint}/{self.plan.name}"
            _LOG.error("the deployment %s failed unexpectedly", name, exc_info=error)
            reason = f"Internal error of the local workspace: {type(error).__name__}: {error}"
            self._fail(ProvisioningError("InternalServerError", reason))

    def _fail(self, error: ProvisioningError) -> None:
        if not self._ready.done():
            self._preparation.say(f"{error.code}: {error}")
            self._ready.set_exception(error)

    async def _prepare_and_serve(self) -> None:
        own, plan = self._own, self.plan
        self._preparation.say(f"Preparing the deployment {plan.name} of {plan.endpoint}")
        files = await asyncio.to_thread(own.stage, plan, self._services.blobs)
        self._preparation.say(f"Copied the model and the code to {own.root}")
        async with self._services.environments.use(
            _environment(plan, files), own.environment, self._preparation.say, server_packages()
        ) as prepared:
            await self._keep_running(prepared, files)

    async def _keep_running(self, prepared: Prepared, files: StagedFiles) -> None:
        crashes = 0
        while True:
            started = time.monotonic()
            try:
                reason = await self._run_once(prepared, files)
            except ProvisioningError as error:
                if not crashes:
                    raise
                reason = str(error)
            crashes = 1 if time.monotonic() - started > _STEADY_SECONDS else crashes + 1
            if crashes > _RESTARTS:
                raise self._not_ready(f"{reason.splitlines()[0]} It is not started again.")
            delay = min(_FIRST_DELAY * 2 ** (crashes - 1), _LONGEST_DELAY)
            self._log.say(f"{reason.splitlines()[0]} It is started again in {delay:g} s.")
            await asyncio.sleep(delay)

    async def _run_once(self, prepared: Prepared, files: StagedFiles) -> str:
        """Run the process until it ends; return how.

        Raises:
            ProvisioningError: it ended before its first answer.
        """
        async with self._started(prepared, files) as running:
            await self._until_ready(running)
            code = await running.wait()
        self._ready = _future()
        return _ended(code)

    @asynccontextmanager
    async def _started(self, prepared: Prepared, files: StagedFiles) -> AsyncIterator[Running]:
        self._log.mark()
        services, own = self._services, self._own
        make_sockets_folder(services.sockets)
        own.ready.unlink(missing_ok=True)
        scoring = services.scoring_path(self.plan.endpoint)
        process = ServerProcess(self.plan, files, own, services.sockets, scoring)
        command, variables = process.command(prepared)
        folder, marked = files.script.parent, variables | {MARK: own.mark}
        starting = start(self._services.launcher, command, folder, marked, (self._log, self._log))
        processes: list[Running] = []
        try:
            await to_the_end(_append(starting, processes))
            yield processes[0]
        finally:
            for each in processes:
                await each.end(_GRACE)

    async def _until_ready(self, running: Running) -> None:
        """Wait for the first answer.

        Raises:
            ProvisioningError: the process ended before, or gives none.
        """
        answer = asyncio.create_task(_first_answer(self.socket))
        try:
            async with asyncio.timeout(_START_SECONDS):
                waits: set[asyncio.Future[None]] = {answer, running.ended}
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            raise self._not_ready(f"It did not answer within {_START_SECONDS:g} s.") from None
        finally:
            answer.cancel()
        if running.ended.done():
            raise self._not_ready(_ended(running.code))
        self._own.ready.touch()
        self._ready.set_result(None)

    def _not_ready(self, reason: str) -> ProvisioningError:
        tail = self._log.tail
        return ProvisioningError("ResourceNotReady", f"{reason}\n{tail}" if tail else reason)


def _future() -> asyncio.Future[None]:
    """Return a future whose error is no warning where nobody waits for it."""
    ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    ready.add_done_callback(lambda done: done.cancelled() or done.exception())
    return ready


async def _append(starting: Coroutine[Any, Any, Running], processes: list[Running]) -> None:
    processes.append(await starting)


def _environment(plan: DeploymentPlan, files: StagedFiles) -> EnvironmentSource | None:
    """Return the environment of a deployment, or that of its MLflow model."""
    conda_file = files.conda_file()
    if plan.environment is not None or not conda_file or plan.model is None:
        return plan.environment
    return EnvironmentSource(plan.model.name.replace("/", ":"), conda_file)


async def _first_answer(socket: Path) -> None:
    """Wait until a server on a socket answers; it does when its script has been initialized."""
    async with httpx.AsyncHTTPTransport(uds=str(socket), verify=False) as transport:
        while True:
            with suppress(httpx.TransportError):
                found = await transport.handle_async_request(httpx.Request("GET", _HEALTH))
                await found.aclose()
                return
            await asyncio.sleep(_LOOK)


def _ended(code: int | None) -> str:
    how = f"exit code {code}"
    if code is None or code < 0:
        how = "killed" if code is None else f"signal {-code}"
    return f"The process of the deployment ended ({how})."
