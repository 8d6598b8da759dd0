"""Start, find and stop a local workspace; needs nothing but the standard library."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from amlrest_emulator import names
from amlrest_emulator.files import StateFolder

# The server itself gives its jobs half a minute to end.
_STOP_SECONDS = 45.0
_LOG_TAIL = 2000


class StartError(RuntimeError):
    """The server did not come up; says why."""


@dataclass(slots=True)
class LocalWorkspace:
    """A running local workspace.

    Attributes:
        endpoint: ``http://127.0.0.1:<port>``.
        token: its Bearer token.
        pid: process id of the server.
        started_here: whether this object's ``start`` made the server; only then leaving its
            ``with`` block stops it.
    """

    endpoint: str
    token: str = field(repr=False)
    state_dir: Path
    pid: int
    subscription_id: str = names.SUBSCRIPTION_ID
    resource_group: str = names.RESOURCE_GROUP
    workspace_name: str = names.WORKSPACE_NAME
    started_here: bool = False
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _lifeline: int | None = field(default=None, repr=False)

    def environment(self) -> dict[str, str]:
        """Return the environment variables that point scripts and the command at it."""
        return {
            "AMLREST_ENDPOINT": self.endpoint,
            "AMLREST_TOKEN": self.token,
            "AZURE_SUBSCRIPTION_ID": self.subscription_id,
            "AZURE_RESOURCE_GROUP": self.resource_group,
            "AZUREML_WORKSPACE_NAME": self.workspace_name,
        }

    def wait(self) -> None:
        """Wait until the server ends; at once if this object did not start it."""
        if self._process is not None:
            self._process.wait()

    def stop(self, timeout: float = _STOP_SECONDS) -> None:
        """End the server and its jobs' processes; the state stays. Nothing happens twice.

        Args:
            timeout: seconds to wait before the process is killed.
        """
        folder = StateFolder(self.state_dir)
        record = folder.read_record()
        if folder.is_locked() and record and record.get("pid") == self.pid:
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


def find(state_dir: str | os.PathLike[str] | None = None) -> LocalWorkspace | None:
    """Return the local workspace that runs on a state folder, or None.

    Args:
        state_dir: default ``AMLREST_LOCAL_STATE``, else ``~/.amlrest/local``.
    """
    folder = StateFolder.of(state_dir)
    if not folder.is_locked():
        return None
    record = folder.read_record()
    if record is None:
        return None
    return LocalWorkspace(record["endpoint"], record["token"], folder.root, record["pid"])


def start(
    state_dir: str | os.PathLike[str] | None = None,
    port: int = 0,
    *,
    detach: bool = False,
    api_version: str | None = None,
    operation_delay: float = 0.0,
    environment: Mapping[str, str] | None = None,
) -> LocalWorkspace:
    """Return the local workspace of a state folder, started unless it runs already.

    Args:
        state_dir: default ``AMLREST_LOCAL_STATE``, else ``~/.amlrest/local``.
        port: 0 for the port it had last if that is free, else any free port.
        detach: let the server outlive this process; otherwise it ends with it.
        api_version: the pinned document to serve; the current one when None.
        operation_delay: seconds a long-running operation takes.
        environment: variables of the server process, beside this process's own. Jobs get only
            the few that are no secret and say where things are (``HOME``, ``PATH``, ``TMPDIR``, …)
            and what their own ``environment_variables`` say.

    Raises:
        StartError: the server did not come up.
    """
    folder = StateFolder.of(state_dir)
    running = find(folder.root)
    if running is not None:
        return running
    arguments = _arguments(folder, port, api_version, operation_delay)
    return _spawn(folder, arguments, {**os.environ, **(environment or {})}, detach=detach)


def _arguments(
    folder: StateFolder, port: int, api_version: str | None, operation_delay: float
) -> list[str]:
    chosen = ["--api-version", api_version] if api_version else []
    return [
        *("--state-dir", str(folder.root), "--port", str(port)),
        *("--operation-delay", str(operation_delay), *chosen),
    ]


def _spawn(
    folder: StateFolder, arguments: list[str], environment: dict[str, str], *, detach: bool
) -> LocalWorkspace:
    descriptor, log_begins = _open_log(folder)
    ready, told = os.pipe()
    listened, lifeline = os.pipe()
    # Names and commands are UTF-8 on the wire, so they are on the disk, whatever the locale says.
    python = [sys.executable, "-X", "utf8"]
    command = [*python, "-m", "amlrest_emulator", "serve", "--ready-fd", str(told)]
    command += arguments if detach else ["--lifeline-fd", str(listened), *arguments]
    with os.fdopen(descriptor, "ab") as log:
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(told,) if detach else (told, listened),
            start_new_session=True,
            cwd=folder.root,  # where MLflow puts the artifacts of its own default experiment
            env=environment,
        )
    os.close(told)
    os.close(listened)
    if detach:
        os.close(lifeline)
    with os.fdopen(ready, "rb") as pipe:
        answer = json.loads(pipe.read() or "{}")
    if "endpoint" not in answer:
        process.wait()
        return _not_started(folder, answer.get("error") or _last_words(folder, log_begins))
    return _workspace(folder, answer, process, None if detach else lifeline)


def _open_log(folder: StateFolder) -> tuple[int, int]:
    """Make the folder and open its log; returns a descriptor and how long the log is already."""
    try:
        folder.make()
        descriptor = os.open(folder.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        where = f"the state folder {folder.root} cannot be used"
        raise StartError(f"{where}: {error.strerror}; choose another one") from error
    return descriptor, os.fstat(descriptor).st_size


def _workspace(
    folder: StateFolder,
    record: dict[str, Any],
    process: subprocess.Popen[bytes],
    lifeline: int | None,
) -> LocalWorkspace:
    return LocalWorkspace(
        record["endpoint"],
        record["token"],
        folder.root,
        record["pid"],
        started_here=True,
        _process=process,
        _lifeline=lifeline,
    )


def _not_started(folder: StateFolder, reason: str) -> LocalWorkspace:
    # Two starts at once: the other one has the folder, and is the server to use.
    deadline = time.monotonic() + _STOP_SECONDS
    while folder.is_locked() and time.monotonic() < deadline:
        running = find(folder.root)
        if running is not None:
            return running
        time.sleep(0.05)
    raise StartError(f"the local workspace did not start: {reason}")


def _last_words(folder: StateFolder, log_begins: int) -> str:
    said = folder.log.read_bytes()[log_begins:].decode(errors="replace").strip()
    return f"it ended without a reason; {folder.log} ends:\n{said[-_LOG_TAIL:]}"


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
