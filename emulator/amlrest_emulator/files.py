"""State folder: paths, exclusive lock and connection file."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

STATE_VARIABLE = "AMLREST_LOCAL_STATE"
_LOCK_ATTEMPTS, _LOCK_PAUSE = 20, 0.01
_KEYS = {"endpoint", "token", "pid"}


class AlreadyRunningError(RuntimeError):
    """Another server process is using the state folder."""


@dataclass(frozen=True, slots=True)
class StateFolder:
    """Paths of a state folder."""

    root: Path

    @classmethod
    def of(cls, path: str | os.PathLike[str] | None) -> StateFolder:
        """Return the folder of ``path``, of ``AMLREST_LOCAL_STATE``, or ``~/.amlrest/local``."""
        chosen = path or os.environ.get(STATE_VARIABLE) or Path.home() / ".amlrest" / "local"
        return cls(Path(chosen).expanduser().absolute())

    @property
    def database(self) -> Path:
        """Database of resources, jobs, trials and settings."""
        return self.root / "state.db"

    @property
    def blobs(self) -> Path:
        """Contents of the Blob endpoint."""
        return self.root / "blobs"

    @property
    def blob_index(self) -> Path:
        """Database of the blobs."""
        return self.blobs / "index.db"

    @property
    def tracking_database(self) -> Path:
        """Database of MLflow."""
        return self.root / "mlflow.db"

    @property
    def environments(self) -> Path:
        """Environments that were built."""
        return self.root / "environments"

    @property
    def deployments(self) -> Path:
        """Files and logs of deployments."""
        return self.root / "deployments"

    @property
    def connection_file(self) -> Path:
        """File with endpoint, token and process id of the running server."""
        return self.root / "local.json"

    @property
    def reserve(self) -> Path:
        """File that is removed on a full disk, for the space that databases need then."""
        return self.root / "reserve"

    @property
    def browser_file(self) -> Path:
        """File that leads a browser to a link, which is then no argument of its process."""
        return self.root / "browser.html"

    @property
    def log(self) -> Path:
        """Log of the server."""
        return self.root / "server.log"

    @property
    def certificate(self) -> Path:
        """Certificate of the https listener with its private key."""
        return self.root / "tls.pem"

    @property
    def trusted(self) -> Path:
        """Certificates that clients of the https listener trust."""
        return self.root / "ca.pem"

    @property
    def lock(self) -> Path:
        """File locked by the running server."""
        return self.root / "server.lock"

    def make(self) -> None:
        """Create the folder, readable by its owner only."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root.chmod(0o700)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the exclusive lock of the folder.

        Raises:
            AlreadyRunningError: another process holds the lock.
        """
        with self.lock.open("a") as file:
            for _ in range(_LOCK_ATTEMPTS):
                if _try_lock(file):
                    break
                # Not a server, but ``is_locked`` of another process, holds it for a moment only.
                time.sleep(_LOCK_PAUSE)
            else:
                message = f"a local workspace is already running in {self.root}"
                raise AlreadyRunningError(message)
            yield

    def is_locked(self) -> bool:
        """Return whether a server is running; False for a folder that cannot be read.

        The lock is reliable where a stale process id is not: ids are reused.
        """
        try:
            with self.lock.open() as file:
                return not _try_lock(file)
        except OSError:
            return False

    def remove_temporary(self) -> None:
        """Remove what a server that was killed has not completed; only while holding the lock."""
        for path in self.root.glob("*.tmp"):
            path.unlink()
        self.browser_file.unlink(missing_ok=True)
        shutil.rmtree(self.root / "mlflow.new", ignore_errors=True)

    def write_connection(self, connection: dict[str, Any]) -> None:
        """Replace ``local.json``."""
        write_private(self.connection_file, json.dumps(connection).encode())

    def read_connection(self) -> dict[str, Any] | None:
        """Return ``local.json``, or None if it is missing or invalid."""
        try:
            connection = json.loads(self.connection_file.read_text())
        except (OSError, ValueError):
            return None
        return connection if isinstance(connection, dict) and connection.keys() >= _KEYS else None


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_private(path: Path, content: bytes) -> None:
    """Replace a file atomically; only the owner can read it."""
    temporary = path.with_suffix(".tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
        file.write(content)
    temporary.replace(path)
