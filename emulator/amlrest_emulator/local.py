"""Starting, finding and stopping a local workspace; standard library only."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from amlrest_emulator import names
from amlrest_emulator.files import StateFolder

# The server waits up to 30 seconds for its jobs to end.
_STOP_SECONDS = 45.0
_LOG_TAIL = 2000
_LINK_SECONDS = 10.0


class StartError(RuntimeError):
    """The server did not start; the message has the reason."""


@dataclass(slots=True)
class LocalWorkspace:
    """A running local workspace.

    Attributes:
        endpoint: ``http://127.0.0.1:<port>``.
        token: Bearer token.
        pid: process id of the server.
        environments: ``build``, or ``host`` for the Python of the local workspace.
        deployments: ``serve``, or ``store`` if deployments are not run.
        answers: ``service`` or ``convenient``.
        started_here: whether ``start`` started the server rather than found it; only then leaving
            the ``with`` block stops it.
        https_endpoint: ``https://127.0.0.1:<port>``, or None if it was started without TLS.
    """

    endpoint: str
    token: str = field(repr=False)
    state_dir: Path
    pid: int
    subscription_id: str = names.SUBSCRIPTION_ID
    resource_group: str = names.RESOURCE_GROUP
    workspace_name: str = names.WORKSPACE_NAME
    environments: str = "host"
    deployments: str = "serve"
    answers: str = "convenient"
    started_here: bool = False
    https_endpoint: str | None = None
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _lifeline: int | None = field(default=None, repr=False)

    def environment(self) -> dict[str, str]:
        """Return the environment variables that scripts and the command line connect with."""
        return {
            "AMLREST_ENDPOINT": self.endpoint,
            "AMLREST_TOKEN": self.token,
            "AZURE_SUBSCRIPTION_ID": self.subscription_id,
            "AZURE_RESOURCE_GROUP": self.resource_group,
            "AZUREML_WORKSPACE_NAME": self.workspace_name,
            **(self._for_official_sdks(self.https_endpoint) if self.https_endpoint else {}),
        }

    def _for_official_sdks(self, https_endpoint: str) -> dict[str, str]:
        """Return what azure-identity and azure-ai-ml find their cloud and their token with."""
        return {
            "AZUREML_CURRENT_CLOUD": names.CLOUD,  # older versions do not find it by the next one
            "ARM_CLOUD_METADATA_URL": f"{https_endpoint}{names.METADATA_PATH}?api-version=2019-05-01",
            "IDENTITY_ENDPOINT": f"{self.endpoint}{names.TOKEN_PATH}",
            "IDENTITY_HEADER": self.token,
            "REQUESTS_CA_BUNDLE": str(StateFolder(self.state_dir).trusted),
        }

    def page_link(self, path: str = "/", *, in_file: bool = False) -> str:
        """Return a link to the pages for a browser; it works once, for ten minutes.

        Args:
            path: path of the page: ``/``, or ``/jobs/<name>`` with the name percent-encoded.
            in_file: whether to return the URL of a file that leads to the link instead. To start
                a browser with: other users see the arguments of processes.

        Raises:
            ValueError: ``path`` is not that of a page.
            OSError: the local workspace does not respond, or is too old to have pages.
        """
        return page_link(self.endpoint, self.token, path, in_file=in_file)

    def wait(self) -> None:
        """Wait until the server exits; return at once if this object did not start it."""
        if self._process is not None:
            self._process.wait()

    def stop(self, timeout: float = _STOP_SECONDS) -> None:
        """Stop the server and the processes of its jobs; idempotent. The state is kept.

        Args:
            timeout: seconds to wait before the process is killed.
        """
        folder = StateFolder(self.state_dir)
        connection = folder.read_connection()
        if folder.is_locked() and connection and connection.get("pid") == self.pid:
            _signal(self.pid, signal.SIGTERM)
            if not _wait_until_free(folder, timeout, self._process):
                _signal(self.pid, signal.SIGKILL)
                _wait_until_free(folder, timeout, self._process)
        if self._lifeline is not None:
            os.close(self._lifeline)
            self._lifeline = None
        if self._process is not None:
            self._process.wait(timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.started_here:
            self.stop()


def page_link(endpoint: str, token: str, path: str = "/", *, in_file: bool = False) -> str:
    """Return a link to the pages of a running local workspace, see ``LocalWorkspace.page_link``.

    Raises:
        ValueError: ``path`` is not that of a page.
        OSError: the local workspace does not respond, or is too old to have pages.
    """
    body = json.dumps({"path": path, "file": in_file})
    address = urlsplit(endpoint)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=_LINK_SECONDS)
    with closing(connection):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        connection.request("POST", "/_local/links", body, headers)
        response = connection.getresponse()
        found = json.loads(response.read())
    if response.status == HTTPStatus.BAD_REQUEST:
        raise ValueError(found["error"]["message"])
    if response.status != HTTPStatus.CREATED:
        raise OSError(f"the local workspace at {endpoint} has no pages; restart it")
    return Path(found["file"]).as_uri() if in_file else str(found["url"])


def find(state_dir: str | os.PathLike[str] | None = None) -> LocalWorkspace | None:
    """Return the running local workspace of a state folder, or None.

    Args:
        state_dir: default ``AMLREST_LOCAL_STATE``, else ``~/.amlrest/local``.
    """
    folder = StateFolder.of(state_dir)
    if not folder.is_locked():
        return None
    connection = folder.read_connection()
    if connection is None:
        return None
    return _workspace(folder, connection)


def start(
    state_dir: str | os.PathLike[str] | None = None,
    port: int = 0,
    *,
    detach: bool = False,
    api_version: str | None = None,
    operation_delay: float | None = None,
    environments: Literal["host", "build"] | None = None,
    deployments: Literal["serve", "store"] | None = None,
    answers: Literal["service", "convenient"] | None = None,
    environment: Mapping[str, str] | None = None,
    tls: bool = False,
    log_limit: int | None = None,
) -> LocalWorkspace:
    """Return the local workspace of a state folder, started unless it is running.

    Args:
        state_dir: default ``AMLREST_LOCAL_STATE``, else ``~/.amlrest/local``.
        port: port to listen on; 0 for the last one if free, else any free port.
        detach: whether the server outlives this process.
        api_version: API version to serve; default: the current one.
        operation_delay: duration of long-running operations in seconds. Default: 0, or 1 with the
            answers of the service.
        environments: ``build`` to build the environments of jobs, ``host`` to run them with the
            Python of the local workspace; kept for the next start. Default: as before, first
            ``host``.
        deployments: ``serve`` to run online deployments, ``store`` to keep them only, which is
            faster and enough to test workflows; kept for the next start. Default: as before, first
            ``serve``.
        answers: ``service`` to answer as the service was recorded to, ``convenient`` for
            long-running operations that end at once; kept for the next start. Default: as before,
            first ``convenient``.
        environment: additional environment variables of the server process. Jobs inherit only
            a short list without secrets (``HOME``, ``PATH``, ``TMPDIR``, …).
        tls: whether to listen for https as well, which Microsoft's SDKs need.
        log_limit: bytes that each log of a job keeps; kept for the next start. Default: as
            before, first 100 MiB.

    Raises:
        StartError: the server did not start.
    """
    folder = StateFolder.of(state_dir)
    running = find(folder.root)
    if running is not None:
        return running
    arguments = _arguments(
        state_dir=folder.root,
        port=port,
        api_version=api_version,
        operation_delay=operation_delay,
        environments=environments,
        deployments=deployments,
        answers=answers,
    )
    arguments += ["--tls"] if tls else []
    arguments += ["--log-limit", str(log_limit)] if log_limit is not None else []
    return _spawn(folder, arguments, {**os.environ, **(environment or {})}, detach=detach)


def _arguments(**options: object) -> list[str]:
    """Return the options of the server's command line; None leaves one out."""
    given = {name: value for name, value in options.items() if value is not None}
    return [
        part
        for name, value in given.items()
        for part in (f"--{name.replace('_', '-')}", str(value))
    ]


def _spawn(
    folder: StateFolder, arguments: list[str], environment: dict[str, str], *, detach: bool
) -> LocalWorkspace:
    descriptor, log_size = _open_log(folder)
    ready_read, ready_write = os.pipe()
    lifeline_read, lifeline = os.pipe()
    # Names and commands are UTF-8 on the wire, so file names are too, whatever the locale.
    python = [sys.executable, "-X", "utf8"]
    command = [*python, "-m", "amlrest_emulator", "serve", "--ready-fd", str(ready_write)]
    command += arguments if detach else ["--lifeline-fd", str(lifeline_read), *arguments]
    with os.fdopen(descriptor, "ab") as log:
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(ready_write,) if detach else (ready_write, lifeline_read),
            start_new_session=True,
            cwd=folder.root,  # MLflow puts its default experiment's artifacts here
            env=environment,
        )
    os.close(ready_write)
    os.close(lifeline_read)
    if detach:
        os.close(lifeline)
    with os.fdopen(ready_read, "rb") as pipe:
        report = json.loads(pipe.read() or "{}")
    if "endpoint" not in report:
        process.wait()
        return _not_started(folder, report.get("error") or _log_tail(folder, log_size))
    started = _workspace(folder, report)
    started.started_here, started._process = True, process  # noqa: SLF001
    started._lifeline = None if detach else lifeline  # noqa: SLF001
    return started


def _open_log(folder: StateFolder) -> tuple[int, int]:
    """Create the folder and open its log; return a descriptor and the current size of the log."""
    try:
        folder.make()
        descriptor = os.open(folder.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        where = f"the state folder {folder.root} cannot be used"
        raise StartError(f"{where}: {error.strerror}; choose another folder") from error
    return descriptor, os.fstat(descriptor).st_size


def _workspace(folder: StateFolder, connection: dict[str, Any]) -> LocalWorkspace:
    return LocalWorkspace(
        connection["endpoint"],
        connection["token"],
        folder.root,
        connection["pid"],
        environments=connection.get("environments", "host"),
        deployments=connection.get("deployments", "serve"),
        answers=connection.get("answers", "convenient"),
        https_endpoint=connection.get("https_endpoint"),
    )


def _not_started(folder: StateFolder, reason: str) -> LocalWorkspace:
    # Two concurrent starts: the process that holds the lock is the server to use.
    deadline = time.monotonic() + _STOP_SECONDS
    while folder.is_locked() and time.monotonic() < deadline:
        running = find(folder.root)
        if running is not None:
            return running
        time.sleep(0.05)
    raise StartError(f"the local workspace did not start: {reason}")


def _log_tail(folder: StateFolder, log_size: int) -> str:
    text = folder.log.read_bytes()[log_size:].decode(errors="replace").strip()
    return f"the server exited without a message; {folder.log} ends with:\n{text[-_LOG_TAIL:]}"


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _wait_until_free(
    folder: StateFolder, timeout: float, process: subprocess.Popen[bytes] | None
) -> bool:
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if process is not None:
            process.poll()
        if not folder.is_locked():
            return True
        time.sleep(0.02)
    return False
