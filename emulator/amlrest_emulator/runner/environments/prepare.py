"""Preparation of the environment of a job, each built once for all jobs that wait for it."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from amlrest_emulator.runner.environments.cache import Cache, Lock, Place, digest_of
from amlrest_emulator.runner.environments.conda_file import Recipe, read_conda_file
from amlrest_emulator.runner.environments.errors import UnbuildableError
from amlrest_emulator.runner.environments.uv import UvBuild
from amlrest_emulator.runner.plan import EnvironmentSource

Say = Callable[[str], None]
_LOCK_INTERVAL = 0.1


@dataclass(frozen=True, slots=True)
class Prepared:
    """An environment that a command can run in.

    Attributes:
        bin: folder of its Python and commands.
        variables: environment variables that it sets.
    """

    bin: Path
    variables: dict[str, str] = field(default_factory=dict)


# Not resolved: the interpreter of a virtual environment is a symlink.
HOST = Prepared(Path(sys.executable).parent)


class Environments:
    """Prepares the environments of jobs; for one event loop.

    Args:
        folder: folder of the built ones.
        build: whether they are built; else commands run with the Python of the local workspace.
    """

    def __init__(self, folder: Path, *, build: bool = False) -> None:
        self.cache = Cache(folder)
        self._build = build
        self._running: dict[str, _Build] = {}

    @asynccontextmanager
    async def use(self, source: EnvironmentSource | None, say: Say) -> AsyncIterator[Prepared]:
        """Yield the environment of a job; it is kept at least until the block ends.

        Args:
            source: the environment, if the job has one.
            say: called with each line of the log.

        Raises:
            UnbuildableError: it cannot be built.
        """
        if source is None or not self._build:
            if source is not None and source.conda_file:
                say(_on_host(source))
            yield HOST
            return
        recipe = _recipe(source, say)
        if recipe is None:
            yield HOST
            return
        place = self.cache.place(digest_of(recipe))
        lock = await self._ready(place, recipe, source.name, say)
        try:
            os.utime(place.lock)
            yield Prepared(place.bin, {"VIRTUAL_ENV": str(place.folder), **dict(recipe.variables)})
            if not place.is_ready():
                say("The command changed the environment; it is built anew for the next job.")
        finally:
            lock.close()

    async def _ready(self, place: Place, recipe: Recipe, name: str, say: Say) -> Lock:
        """Return a shared lock of the complete environment."""
        place.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        say(f"Environment {name}: {place.digest}")
        while True:
            lock = Lock.take(place.lock, shared=True)
            if lock is not None and place.is_ready():
                say(f"{place.facts().get('python')}, {place.folder}")
                return lock
            if lock is not None:
                lock.close()
            await self._join(place, recipe, name, say)

    async def _join(self, place: Place, recipe: Recipe, name: str, say: Say) -> None:
        """Wait for the build of an environment, which the first job that needs it starts."""
        build = self._running.get(place.digest)
        if build is None:
            build = self._running[place.digest] = _Build(place, recipe, name)
            build.task.add_done_callback(lambda _: self._running.pop(place.digest))
        await build.wait(say)


class _Build:
    """A build in progress; it is canceled when the last job that waits for it is."""

    def __init__(self, place: Place, recipe: Recipe, name: str) -> None:
        self._said: list[str] = []
        self._listeners: list[Say] = []
        self.task = asyncio.create_task(self._run(place, recipe, name))

    async def wait(self, say: Say) -> None:
        for line in self._said:
            say(line)
        self._listeners.append(say)
        try:
            await asyncio.shield(self.task)
        except asyncio.CancelledError:
            if self._listeners == [say]:
                self.task.cancel()
                await asyncio.wait([self.task])
            raise
        finally:
            self._listeners.remove(say)

    def _say(self, line: str) -> None:
        self._said.append(line)
        for say in self._listeners:
            say(line)

    async def _run(self, place: Place, recipe: Recipe, name: str) -> None:
        started = time.monotonic()
        lock = await _exclusive(place.lock)
        try:
            await UvBuild(place, lock, self._say).run(recipe, name)
        except UnbuildableError as error:
            raise UnbuildableError(f"The environment {name} could not be built: {error}") from None
        except OSError as error:
            message = f"The environment {name} could not be built: {error}"
            raise UnbuildableError(message) from error
        finally:
            lock.close()
        self._say(f"Built in {time.monotonic() - started:.1f} s.")


async def _exclusive(path: Path) -> Lock:
    # A job that uses a changed environment holds the lock as long as it runs, and flock tells
    # nobody of its end.
    while (lock := Lock.take(path, shared=False)) is None:  # noqa: ASYNC110
        await asyncio.sleep(_LOCK_INTERVAL)
    return lock


def _recipe(source: EnvironmentSource, say: Say) -> Recipe | None:
    """Return what is to be built, or None if the environment has no conda file."""
    for part in filter(None, (source.image, source.dockerfile and "the Dockerfile")):
        say(f"{part} is not used: the local workspace does not run containers.")
    if not source.conda_file:
        say(f"{source.name} has no conda file. {_host()}")
        return None
    recipe = read_conda_file(source.conda_file)
    for note in recipe.notes:
        say(note)
    return recipe


def _on_host(source: EnvironmentSource) -> str:
    return f"{source.name} is not built (--environments host). {_host()}"


def _host() -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    return f"The command runs with the Python of the local workspace: {version}, {sys.executable}"
