"""Server process: listens on loopback, writes the connection file, shuts down cleanly."""

from __future__ import annotations

import asyncio
import functools
import logging
import os
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from amlrest_emulator import handlers, seeding, serving_factory
from amlrest_emulator.answers import SERVICE_DELAY, Answers
from amlrest_emulator.api_versions import ApiVersions
from amlrest_emulator.app import App
from amlrest_emulator.blob import BlobStore
from amlrest_emulator.certificate import server_context
from amlrest_emulator.connections import HANDSHAKE_SECONDS, HOST, GuardedProtocol, bind, guarded
from amlrest_emulator.context import Context, load_identity, utc_now
from amlrest_emulator.engine.engine import Engine
from amlrest_emulator.fault_middleware import TRANSPORT
from amlrest_emulator.files import StateFolder
from amlrest_emulator.long_running import LongRunningOperations
from amlrest_emulator.run_history import RunHistoryService
from amlrest_emulator.runner.reserve import Reserve
from amlrest_emulator.runner_factory import LOG_LIMIT
from amlrest_emulator.runner_factory import create as create_runner
from amlrest_emulator.schemas import BLOB_INDEX, STATE_DB
from amlrest_emulator.schemas.complete import check_complete
from amlrest_emulator.state import State
from amlrest_emulator.times import timestamp
from amlrest_emulator.tracking import migration
from amlrest_emulator.tracking.job_tracking import JobTracking
from amlrest_emulator.tracking.service import TrackingService

_LOG = logging.getLogger(__name__)
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_LAST_PORT = "last_port"
_LAST_HTTPS_PORT = "last_https_port"
_ENVIRONMENTS = "environments"
_DEPLOYMENTS = "deployments"
_ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Options:
    """Options of the server.

    Attributes:
        port: 0 for the last port if it is free, else any free port.
        operation_delay: duration of long-running operations in seconds; None: as ``answers`` has it.
        answers: one of ``Answers``, kept for the next start; None: as before.
        environments: ``host`` or ``build``, kept for the next start; None: as before.
        deployments: ``serve`` or ``store``, kept for the next start; None: as before.
        log_limit: bytes that each log of a job keeps; kept likewise.
        lifeline_fd: file descriptor; the server stops at its end of file.
        tls: whether to listen for https as well, on a port of its own.
    """

    folder: StateFolder
    port: int = 0
    api_version: str | None = None
    operation_delay: float | None = None
    answers: str | None = None
    environments: str | None = None
    deployments: str | None = None
    log_limit: int | None = None
    lifeline_fd: int | None = None
    tls: bool = False


def serve(options: Options, on_ready: Callable[[dict[str, Any]], None] | None = None) -> None:
    """Run a local workspace until SIGTERM, SIGINT or the end of file of the lifeline.

    Raises:
        AlreadyRunningError: another process uses the folder.
        UnusableFolderError: the folder is of a newer version, or damaged.
        OSError: the port is in use.
        ValueError: unknown API version.
    """
    os.umask(0o077)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Anyone can send what uvicorn warns of.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    options.folder.make()
    with options.folder.locked():
        Reserve(options.folder.reserve).release_if_full()
        _check(options.folder)
        options.folder.remove_temporary()
        _serve_locked(options, on_ready)


def _check(folder: StateFolder) -> None:
    """Check all databases before one is changed, so that a refused folder is left as it was."""
    check_complete(folder.database, folder.blobs)
    STATE_DB.check(folder.database)
    BLOB_INDEX.check(folder.blob_index)
    migration.check(folder.tracking_database)


def _serve_locked(options: Options, on_ready: Callable[[dict[str, Any]], None] | None) -> None:
    state = State(options.folder.database)
    listener = _listen(options.port, state)
    secure = _listen_secure(options.folder, state) if options.tls else None
    context = _context(options, state, listener, secure)
    handlers.load()
    seeding.seed(context)
    if options.log_limit is not None:
        state.put_setting(LOG_LIMIT, str(options.log_limit))
    context.runner = create_runner(context)
    context.serving = serving_factory.create(context)
    app = application(context)

    def ready() -> None:
        connection = _connection(context)
        options.folder.write_connection(connection)
        _LOG.info("listening on %s", context.https_endpoint or context.http_endpoint)
        if on_ready is not None:
            on_ready(connection)

    try:
        context.long_running.resume()
        context.runner.start()
        context.serving.start()
        _run(app, listener, secure, ready, options.lifeline_fd)
    finally:
        options.folder.connection_file.unlink(missing_ok=True)
        context.serving.stop()
        context.runner.stop()
        context.long_running.stop()
        context.blobs.close()
        state.close()


def application(context: Context) -> App:
    """Return the application of a context that has what runs jobs and deployments."""
    return App(
        context,
        Engine(context),
        tracking=TrackingService(context),
        history=RunHistoryService(context),
        job_tracking=JobTracking(context),
        scoring=serving_factory.scoring(context),
    )


def _context(
    options: Options, state: State, listener: socket.socket, secure: _Secure | None
) -> Context:
    answers = Answers(_kept(state, _ANSWERS, options.answers, Answers.CONVENIENT))
    delay = options.operation_delay
    if delay is None:
        delay = SERVICE_DELAY if answers is Answers.SERVICE else 0.0
    return Context(
        versions=ApiVersions.find(options.api_version),
        state=state,
        identity=load_identity(state),
        state_dir=options.folder.root,
        http_endpoint=f"http://{HOST}:{_port(listener)}",
        blobs=BlobStore(options.folder.blobs),
        long_running=LongRunningOperations(state, lambda: timestamp(utc_now()), delay),
        clock=utc_now,
        https_endpoint=f"https://{HOST}:{_port(secure.listener)}" if secure else None,
        environments=_kept(state, _ENVIRONMENTS, options.environments, "host"),
        deployments=_kept(state, _DEPLOYMENTS, options.deployments, "serve"),
        answers=answers,
    )


def _kept(state: State, setting: str, given: str | None, default: str) -> str:
    """Return a setting of the state folder, replaced by what is given."""
    if given:
        state.put_setting(setting, given)
    return state.setting(setting, lambda: default)


def _connection(context: Context) -> dict[str, Any]:
    identity = context.identity
    return {
        "endpoint": context.http_endpoint,
        "https_endpoint": context.https_endpoint,
        "token": identity.token,
        "pid": os.getpid(),
        "environments": context.environments,
        "deployments": context.deployments,
        "answers": context.answers,
    }


@dataclass(frozen=True, slots=True)
class _Secure:
    """The listener for https."""

    listener: socket.socket
    context: ssl.SSLContext


def _listen_secure(folder: StateFolder, state: State) -> _Secure:
    return _Secure(_listen(0, state, _LAST_HTTPS_PORT), server_context(folder))


def _port(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


def _listen(port: int, state: State, setting: str = _LAST_PORT) -> socket.socket:
    """Bind a port; 0 means the last one, so that URLs stay valid after a restart."""
    last = int(state.setting(setting, lambda: "0"))
    try:
        listener = bind(port or last)
    except OSError:
        if port:
            raise
        listener = bind(0)
    state.put_setting(setting, str(_port(listener)))
    return listener


class _Server(uvicorn.Server):
    """A uvicorn server that reports when it listens and does not re-raise signals.

    A re-raised SIGTERM would end this process before the processes of the jobs.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        secure: _Secure | None,
        ready: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._secure = secure
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._secure is not None:
            await self._start_secure(self._secure)
        self._ready()

    async def _start_secure(self, secure: _Secure) -> None:
        """Listen for https as well; uvicorn has one TLS setting for all its sockets."""
        protocol: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        server = await asyncio.get_running_loop().create_server(
            functools.partial(protocol, self.config, self.server_state, self.lifespan.state),
            sock=secure.listener,
            ssl=secure.context,
            ssl_handshake_timeout=HANDSHAKE_SECONDS,
            backlog=self.config.backlog,
        )
        self.servers.append(server)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in _STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class _Protocol(GuardedProtocol):
    """Passes the transport to the application, which resets it for some faults."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app = _with_transport(self.app, transport)


def _with_transport(app: Any, transport: asyncio.Transport) -> ASGIApp:
    async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
        scope["extensions"] = {**scope.get("extensions", {}), TRANSPORT: transport}
        await app(scope, receive, send)

    return with_transport


def _run(
    app: App,
    listener: socket.socket,
    secure: _Secure | None,
    ready: Callable[[], None],
    lifeline_fd: int | None,
) -> None:
    server = _Server(guarded(app, _Protocol), secure, ready)
    if lifeline_fd is not None:
        _stop_at_eof(lifeline_fd, server)
    server.run(sockets=[listener])


def _stop_at_eof(descriptor: int, server: uvicorn.Server) -> None:
    def watch() -> None:
        os.read(descriptor, 1)
        server.should_exit = True

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
