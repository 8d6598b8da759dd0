"""Execution of one command, from the queue to its terminal status."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Any

from amlrest_emulator.runner import mpi
from amlrest_emulator.runner.command_line import fill
from amlrest_emulator.runner.command_log import CommandLog
from amlrest_emulator.runner.environment import RunIdentity, command_environment, rank_environments
from amlrest_emulator.runner.environments import Prepared, UnbuildableError
from amlrest_emulator.runner.environments.prepare import HOST
from amlrest_emulator.runner.mpi import NoLauncherError, launched, mpi_processes, need_launcher
from amlrest_emulator.runner.plan import CommandPlan
from amlrest_emulator.runner.process import Running, start, start_time, to_the_end
from amlrest_emulator.runner.run_store import RESTARTABLE, RunRecord
from amlrest_emulator.runner.services import Services
from amlrest_emulator.runner.shell_text import UnfillableError
from amlrest_emulator.runner.staging import MissingFilesError
from amlrest_emulator.runner.supervisor import MARK

STOPPING_GRACE = 1.0
_SHOWN_PROBLEMS = 5
INTERRUPTED = (
    "The local workspace stopped while the job was running; submit it again under a new name."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Terminal status of a command, and its error unless it is Completed."""

    status: str
    error: str = ""


class Execution:
    """Runs one command.

    Args:
        services: shared services.
        record: the run; its plan is a command plan.
        parent_run_id: MLflow run of the sweep, if the run is a trial.
    """

    def __init__(self, services: Services, record: RunRecord, parent_run_id: str = "") -> None:
        self._services = services
        self._record = record
        self._plan = CommandPlan.from_json(record.plan)
        self._parent = parent_run_id
        self._folder = services.run_folder(record.name)
        self._outputs: dict[str, str] = {}
        self._environment: Prepared = HOST

    async def run(self) -> Outcome:
        """Run the command; cancelling the task terminates all its processes."""
        try:
            if self._record.status != "Queued":
                self._set("Queued")
            async with self._services.nodes.hold(self._plan.compute, self._plan.nodes):
                return await self._finish(await self._on_nodes())
        except asyncio.CancelledError:
            return await self._interrupted()

    async def _interrupted(self) -> Outcome:
        if not self._services.stopping.is_set():
            return await self._finish(Outcome("Canceled", "The job was canceled."))
        if self._record.status in RESTARTABLE:
            return Outcome(self._record.status)
        return await self._finish(Outcome("Failed", INTERRUPTED))

    def _set(self, status: str, **changes: Any) -> None:
        self._record = self._services.runs.update(self._record.name, status=status, **changes)

    async def _on_nodes(self) -> Outcome:
        self._set("Preparing", started=time.time())
        try:
            inputs = await self._prepare_to_the_end()
            return await self._in_environment(inputs)
        except (MissingFilesError, NoLauncherError, UnbuildableError, UnfillableError) as error:
            return Outcome("Failed", str(error))
        except TimeoutError:
            seconds = f"{self._plan.timeout:g}"
            return Outcome("Canceled", f"The command exceeded its timeout of {seconds} s.")
        except OSError as error:
            return Outcome("Failed", f"The command could not be started: {error}")

    async def _prepare_to_the_end(self) -> dict[str, str]:
        """Prepare the run to the end when it is canceled, but not when the server stops.

        Opening MLflow takes seconds, and the run is prepared again after a restart.
        """
        task = asyncio.ensure_future(self._prepare())
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not self._services.stopping.is_set():
                await asyncio.wait([task])
            raise

    async def _prepare(self) -> dict[str, str]:
        blobs = self._services.blobs
        await asyncio.to_thread(self._folder.prepare, blobs)
        files = asyncio.to_thread(self._folder.stage_files, self._plan, blobs)
        inputs, tracked = await asyncio.gather(files, self._track(), return_exceptions=True)
        if isinstance(tracked, BaseException):
            raise tracked
        if isinstance(inputs, BaseException):
            raise inputs
        self._outputs = self._folder.outputs(self._plan)
        return inputs

    async def _track(self) -> None:
        if self._record.run_id:
            return
        tracking, record = self._services.tracking, self._record
        run = await asyncio.to_thread(
            tracking.create_run, record.name, record.experiment, self._parent, record.arguments
        )
        self._record = self._services.runs.update(
            record.name, run_id=run.run_id, experiment_id=run.experiment_id
        )

    async def _in_environment(self, inputs: dict[str, str]) -> Outcome:
        own = self._folder.root / "environment"
        using = self._services.environments.use(self._plan.environment, own, self._say)
        async with using as self._environment, asyncio.timeout(self._plan.timeout):
            return await self._run_command(inputs)

    def _say(self, line: str) -> None:
        self._folder.log_preparation(line, self._services.blobs)

    async def _run_command(self, inputs: dict[str, str]) -> Outcome:
        # Stored before the process starts: what may have run is never run again.
        self._set("Running")
        log = CommandLog(self._folder.logs, self._services.log_limit)
        ranks: list[Running] = []
        try:
            await self._start(inputs, log, ranks)
            return await _until_ended(ranks, log)
        finally:
            running = [rank for rank in ranks if not rank.ended.done()]
            grace = STOPPING_GRACE if self._services.stopping.is_set() else self._services.grace
            await asyncio.gather(*(rank.end(grace) for rank in running))
            log.close()

    async def _start(self, inputs: dict[str, str], log: CommandLog, ranks: list[Running]) -> None:
        plan = self._plan
        values = {"inputs": inputs, "outputs": self._outputs, "search_space": plan.arguments}
        command = fill(plan.command, values)
        environment = self._variables(inputs)
        processes = mpi_processes(plan.distribution, plan.nodes)
        if processes:
            mpi_launcher = self._mpi_launcher(environment)
            self._say(f"MPI: {processes} processes by {mpi_launcher}")
            command = launched(command, processes, mpi_launcher)
            environment = mpi.VARIABLES | environment
        extras = rank_environments(plan.distribution, _free_port())
        for rank, extra in enumerate(extras):
            prefix = f"[rank {rank}] ".encode() if len(extras) > 1 else b""
            folder, launcher = self._folder, self._services.launcher
            text, variables = self._in_container(command, environment | extra, rank)
            variables |= {MARK: folder.mark}
            streams = log.streams(prefix)
            starting = start(launcher, text, folder.code, variables, streams)
            await to_the_end(_append_started(starting, ranks))
        pid = ranks[0].pid
        self._services.runs.update(self._record.name, pid=pid, pid_start=start_time(pid))

    def _mpi_launcher(self, environment: dict[str, str]) -> str:
        in_image = self._environment.container is not None
        return "mpirun" if in_image else need_launcher(environment["PATH"])

    def _in_container(
        self, command: str, variables: dict[str, str], rank: int
    ) -> tuple[str, dict[str, str]]:
        """Return command and variables as they are, or for a container if there is one."""
        container, folder = self._environment.container, self._folder
        if container is None:
            return command, variables
        name = f"amlrest-{self._record.run_id[:12]}-{rank}"
        return container.command(name, command, variables, folder.code, folder.root)

    def _variables(self, inputs: dict[str, str]) -> dict[str, str]:
        capacity = max(1, self._services.capacity(self._plan.compute))
        share = max(1, (os.cpu_count() or 1) // capacity * self._plan.nodes)
        identity = RunIdentity(
            name=self._record.name,
            tracking_uri=self._services.tracking.uri,
            run_id=self._record.run_id,
            experiment_id=self._record.experiment_id,
            experiment=self._record.experiment,
            scope=self._services.scope,
            threads=share,
        )
        return command_environment(
            identity,
            server=os.environ,
            prepared=self._with_tracking(),
            inputs=inputs,
            outputs=self._outputs,
            variables=self._plan.variables,
        )

    def _with_tracking(self) -> Prepared:
        if self._environment is HOST:
            return HOST
        tracking = self._services.job_tracking(self._record.name)
        return replace(self._environment, variables=self._environment.variables | tracking)

    async def _finish(self, outcome: Outcome) -> Outcome:
        if self._record.started is not None:
            if outcome.status != "Canceled":
                self._services.end_run(self._record.name, status="Finalizing")
            outcome = await self._store(outcome)
        if self._record.run_id:
            await asyncio.to_thread(self._end_tracking, outcome.status)
        end = {"status": outcome.status, "ended": time.time(), "error": outcome.error}
        self._services.end_run(self._record.name, **end, pid=None)
        return outcome

    def _end_tracking(self, status: str) -> None:
        # Not earlier: a command that logs one of them with another value would fail.
        parameters = {k.lstrip("-"): str(v) for k, v in self._record.arguments.items()}
        tracking = self._services.tracking
        tracking.add_parameters(self._record.run_id, parameters)
        tracking.finish_run(self._record.run_id, status)

    async def _store(self, outcome: Outcome) -> Outcome:
        problems = await asyncio.to_thread(self._store_all)
        if not problems:
            return outcome
        shown = "; ".join(problems[:_SHOWN_PROBLEMS])
        more = f" (and {len(problems) - _SHOWN_PROBLEMS} more)" * (len(problems) > _SHOWN_PROBLEMS)
        lost = f"Not all results could be stored: {shown}{more}."
        status = "Failed" if outcome.status == "Completed" else outcome.status
        return Outcome(status, f"{outcome.error}\n{lost}".strip())

    def _store_all(self) -> list[str]:
        """Store all that can be; return what was not stored, and why."""
        blobs, run_id = self._services.blobs, self._record.run_id
        artifacts = self._services.tracking.artifacts(run_id) if run_id else {}
        # Last: logs and outputs overwrite artifacts of the same name.
        lost = self._folder.store_artifacts(artifacts, blobs)
        return lost + self._folder.store(self._plan, self._outputs, blobs)


async def _append_started(starting: Coroutine[Any, Any, Running], ranks: list[Running]) -> None:
    """Add a process to the list as soon as it has started, so that it can be terminated."""
    ranks.append(await starting)


async def _until_ended(ranks: list[Running], log: CommandLog) -> Outcome:
    """Wait for the ranks, or until their output cannot be written."""
    waiting = asyncio.create_task(_wait_for_ranks(ranks))
    either: set[asyncio.Future[Any]] = {waiting, log.broken}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        return Outcome("Failed", str(log.broken.result())) if log.broken.done() else await waiting
    finally:
        waiting.cancel()


async def _wait_for_ranks(ranks: list[Running]) -> Outcome:
    """Wait for all ranks, or for the first that fails."""
    waits = {asyncio.create_task(rank.wait()): rank for rank in ranks}
    for task in asyncio.as_completed(list(waits)):
        code = await task
        if code != 0:
            failed = next(rank for rank in ranks if rank.ended.done() and rank.code == code)
            return Outcome("Failed", _failure(code, failed.errors.tail))
    return Outcome("Completed")


def _failure(code: int | None, tail: str) -> str:
    if code is None:
        reason = "The process that supervises the command was killed."
    elif code < 0:
        reason = f"The command was terminated by signal {-code} ({_signal_name(-code)})."
    else:
        reason = f"The command ended with exit code {code}."
    return f"{reason}\n{tail}" if tail else reason


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "a real-time signal"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
