"""Cache of built environments: one folder each, named by its content.

An environment is built beside its place and renamed, so that what has the name is complete. Locks
are files locked with flock: shared by the jobs that use an environment, exclusive while it is built
or deleted. A lock ends with the processes that hold it, however they end.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from amlrest_emulator.runner.environments.conda_file import Recipe

# Another content of the folders under the same recipe.
_FORMAT = 1
_FACTS = "amlrest-environment.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """A built environment, for a list.

    Attributes:
        name: environment that it was first built for.
        created: time in epoch seconds; ``used`` is when a job last used it.
        size: bytes of its files.
    """

    digest: str
    name: str
    python: str
    created: float
    used: float
    size: int


class Lock:
    """An open lock file."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path, *, shared: bool) -> Self | None:
        """Return a lock, or None while another process or job has it."""
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
                # The file may have been deleted before it was locked.
                if path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
                    return cls(descriptor)
            except BlockingIOError:
                os.close(descriptor)
                return None
            os.close(descriptor)

    def close(self) -> None:
        """Release the lock."""
        os.close(self._descriptor)


@dataclass(frozen=True, slots=True)
class Place:
    """Paths of one environment in the cache."""

    root: Path
    digest: str

    @property
    def folder(self) -> Path:
        """The complete environment."""
        return self.root / self.digest

    @property
    def new(self) -> Path:
        """The environment while it is built."""
        return self.root / f"{self.digest}.new"

    @property
    def lock(self) -> Path:
        """Its lock file."""
        return self.root / f"{self.digest}.lock"

    @property
    def bin(self) -> Path:
        """Folder of the interpreter and the commands."""
        return self.folder / "bin"

    def is_ready(self) -> bool:
        """Return whether it is complete and unchanged, and its interpreter still exists."""
        return (
            (self.folder / _FACTS).exists()
            and (self.bin / "python").exists()
            and self.facts().get("content") == content_of(self.folder)
        )

    def facts(self) -> dict[str, Any]:
        """Return what was recorded when it was built."""
        try:
            found = json.loads((self.folder / _FACTS).read_text())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def publish(self, facts: dict[str, Any]) -> None:
        """Turn what was built into the complete environment."""
        content = content_of(self.new)
        recorded = {**facts, "content": content, "created": time.time()}
        (self.new / _FACTS).write_text(json.dumps(recorded))
        self.new.replace(self.folder)

    def clear(self) -> None:
        """Delete the environment and what is left of a build; the lock must be held."""
        for path in (self.folder, self.new):
            shutil.rmtree(path, ignore_errors=True)


def digest_of(recipe: Recipe) -> str:
    """Return the name of an environment in the cache."""
    content = [_FORMAT, recipe.python, recipe.requirements, recipe.flags]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


def content_of(folder: Path) -> str:
    """Return a digest of the installed packages and commands, which changes with pip install."""
    found = [
        *folder.glob("lib/python*/site-packages/*-info"),
        *folder.glob("bin/*"),
    ]
    names = sorted(str(path.relative_to(folder)) for path in found)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


class Cache:
    """The environments of one folder.

    Args:
        root: the folder; created when the first environment is built.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, digest: str) -> Place:
        """Return the paths of an environment."""
        return Place(self.root, digest)

    def recover(self) -> None:
        """Delete half environments, which a killed server left."""
        for path in self.root.glob("*.new"):
            with self._locked(self.place(path.stem)) as locked:
                if locked:
                    shutil.rmtree(path, ignore_errors=True)

    def entries(self) -> list[Entry]:
        """Return the complete environments, the last used one first."""
        found = [self._entry(self.place(path.stem)) for path in self.root.glob("*.lock")]
        return sorted((item for item in found if item), key=lambda item: -item.used)

    def _entry(self, place: Place) -> Entry | None:
        facts = place.facts()
        if not facts:
            return None
        return Entry(
            digest=place.digest,
            name=str(facts.get("name", "")),
            python=str(facts.get("python", "")),
            created=float(facts.get("created", 0)),
            used=place.lock.stat().st_mtime,
            size=_size(place.folder),
        )

    def prune(self, unused_since: float) -> tuple[list[Entry], list[Entry]]:
        """Delete the environments that no job uses and none has used since a time.

        Returns:
            The deleted ones, and those that are in use.
        """
        deleted: list[Entry] = []
        kept: list[Entry] = []
        for entry in self.entries():
            place = self.place(entry.digest)
            if entry.used >= unused_since:
                continue
            with self._locked(place) as locked:
                if locked:
                    place.clear()
                    place.lock.unlink(missing_ok=True)
                (deleted if locked else kept).append(entry)
        return deleted, kept

    @contextlib.contextmanager
    def _locked(self, place: Place) -> Iterator[bool]:
        lock = Lock.take(place.lock, shared=False)
        try:
            yield lock is not None
        finally:
            if lock is not None:
                lock.close()


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.lstat().st_size
    return total
