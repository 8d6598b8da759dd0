"""The state folder: where things are, and who may use it."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STATE_VARIABLE = "AMLREST_LOCAL_STATE"
_RECORD = {"endpoint", "token", "pid"}


class AlreadyRunningError(RuntimeError):
    """Another server process uses the state folder."""


@dataclass(frozen=True, slots=True)
class StateFolder:
    """Paths below one state folder."""

    root: Path

    @classmethod
    def of(cls, path: str | os.PathLike[str] | None) -> "StateFolder":
        """Return the folder of ``path``, of ``AMLREST_LOCAL_STATE``, or ``~/.amlrest/local``."""
        chosen = path or os.environ.get(STATE_VARIABLE) or Path.home() / ".amlrest" / "local"
        return cls(Path(chosen).expanduser().absolute())

    @property
    def database(self) -> Path:
        """Resources, jobs, trials and settings."""
        return self.root / "state.db"

    @property
    def blobs(self) -> Path:
        """Contents of the Blob endpoint."""
        return self.root / "blobs"

    @property
    def record(self) -> Path:
        """Endpoint, token and process id of the running server."""
        return self.root / "local.json"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.root / "server.log"

    @property
    def lock(self) -> Path:
        """Locked by the server as long as it lives."""
        return self.root / "server.lock"

    def make(self) -> None:
        """Create the folder, readable by its owner only."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root.chmod(0o700)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder.

        Raises:
            AlreadyRunningError: another process holds it.
        """
        with self.lock.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                message = f"a local workspace already runs on {self.root}"
                raise AlreadyRunningError(message) from None
            yield

    def is_locked(self) -> bool:
        """Whether a server lives; a process id that another process now has does not fool it.

        A folder that cannot be looked into has none, as far as this process can tell.
        """
        if not os.path.exists(self.lock):  # noqa: PTH110 - False on every error
            return False
        try:
            with self.locked():
                return False
        except AlreadyRunningError:
            return True

    def write_record(self, record: dict[str, Any]) -> None:
        """Replace ``local.json`` in one step; only the owner can read it."""
        temporary = self.record.with_suffix(".tmp")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(temporary, flags, 0o600), "w") as file:
            json.dump(record, file)
        temporary.replace(self.record)

    def read_record(self) -> dict[str, Any] | None:
        """Return ``local.json``, or None when there is none or a broken one."""
        try:
            record = json.loads(self.record.read_text())
        except (OSError, ValueError):
            return None
        return record if isinstance(record, dict) and record.keys() >= _RECORD else None
