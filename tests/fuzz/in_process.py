"""The local workspace in this process: its ASGI application without a socket, and without jobs."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from amlrest_emulator import handlers, seeding, server, serving_factory
from amlrest_emulator.app import App
from amlrest_emulator.files import StateFolder
from amlrest_emulator.runner.command_line import fill
from amlrest_emulator.runner.environment import rank_environments
from amlrest_emulator.runner.plan import CommandPlan, SweepPlan
from amlrest_emulator.runner.search_space import samples
from amlrest_emulator.runner.shell_text import UnfillableError
from amlrest_emulator.runner_factory import create as create_runner
from amlrest_emulator.state import State


@dataclass(frozen=True)
class Answer:
    """A response."""

    status: int
    headers: dict[str, str]
    content: bytes

    def json(self) -> Any:
        """Return the body; fail where it is not strictly JSON."""
        return json.loads(self.content.decode("utf-8"), parse_constant=_no_constant)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


@dataclass
class InProcess:
    """Sends requests to an application."""

    app: App
    loop: asyncio.AbstractEventLoop
    sent: int = 0
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def workspace_id(self) -> str:
        return self.app.context.identity.workspace_id

    def __call__(
        self,
        method: str,
        target: str,
        content: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        authorized: bool = True,
    ) -> Answer:
        """Send one request; ``target`` is escaped and may have a query."""
        answer = self.loop.run_until_complete(
            self._exchange(method, target, content, headers or {}, authorized)
        )
        self.sent += 1
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        return answer

    async def _exchange(
        self, method: str, target: str, content: bytes, headers: dict[str, str], authorized: bool
    ) -> Answer:
        host = self.app.context.http_endpoint.removeprefix("http://")
        own = {"host": host, "content-length": str(len(content))}
        if authorized:
            own["authorization"] = f"Bearer {self.app.context.identity.token}"
        path, _, query = target.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode("latin-1"),
            "query_string": query.encode("latin-1"),
            "headers": [
                (name.lower().encode("latin-1"), value.encode("latin-1"))
                for name, value in {**own, **headers}.items()
            ],
            "server": ("127.0.0.1", int(host.rpartition(":")[2])),
            "client": ("127.0.0.1", 1),
        }
        messages: list[Any] = []
        pending = [{"type": "http.request", "body": content, "more_body": False}]

        async def receive() -> Any:
            return pending.pop() if pending else await asyncio.Event().wait()

        async def send(message: Any) -> None:
            messages.append(message)

        await self.app(scope, receive, send)
        start = messages[0]
        found = {k.decode("latin-1"): v.decode("latin-1") for k, v in start["headers"]}
        return Answer(start["status"], found, b"".join(m.get("body", b"") for m in messages[1:]))


class _NoJobs:
    """A runner that starts no job, and only does what comes before the start of a process."""

    def __init__(self, services: Any) -> None:
        self.services = services

    def submit(self, record: Any) -> None:
        trials: list[dict[str, Any]] = [{}]
        plan = record.plan
        if record.kind == "sweep":
            sweep = SweepPlan.from_json(plan)
            found = samples(sweep.search_space, sweep.algorithm, sweep.seed)
            trials, plan = list(islice(found, 3)), plan["trial"]
        command = CommandPlan.from_json(plan)
        names = dict.fromkeys({**command.inputs, **command.outputs}, "/x")
        values = {"inputs": {**names, **command.literals}, "outputs": names}
        for trial in trials:
            with contextlib.suppress(UnfillableError):
                fill(command.command, {**values, "search_space": trial}).encode()
        for extra in rank_environments(command.distribution, 1):
            for name, value in {**command.variables, **extra}.items():
                os.environb[name.encode()] = value.encode()
                del os.environb[name.encode()]

    def cancel(self, name: str) -> None:
        self.services.runs.update(name, status="Canceled")


@contextlib.contextmanager
def in_process(folder: Path, answers: str = "convenient") -> Iterator[InProcess]:
    """Yield a client of a new local workspace whose jobs stay queued.

    Args:
        folder: state folder.
        answers: the setting of that name.
    """
    options = server.Options(
        StateFolder.of(folder), answers=answers, operation_delay=0, deployments="store"
    )
    options.folder.make()
    state = State(options.folder.database)
    listener = server._listen(0, state)
    context = server._context(options, state, listener, None)
    handlers.load()
    seeding.seed(context)
    runner = create_runner(context)
    context.runner = runner
    context.serving = serving_factory.create(context)
    context.runner = _NoJobs(runner.services)  # type: ignore[assignment]
    app = server.application(context)
    loop = asyncio.new_event_loop()
    try:
        yield InProcess(app, loop)
    finally:
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        listener.close()
        context.long_running.stop()
        context.blobs.close()
        state.close()
