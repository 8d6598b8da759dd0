"""Preparation of the environment of a job, each built once for all jobs that wait for it."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from amlrest_emulator.runner.environments.builds import Builds
from amlrest_emulator.runner.environments.cache import Cache, Lock, Place, digest_of
from amlrest_emulator.runner.environments.conda_file import Recipe, read_conda_file
from amlrest_emulator.runner.environments.container import Container
from amlrest_emulator.runner.environments.docker import Docker, Fetch, end_containers
from amlrest_emulator.runner.environments.errors import UnbuildableError
from amlrest_emulator.runner.environments.overlay import add_packages, host_packages, make_overlay
from amlrest_emulator.runner.environments.pip_lines import names_package
from amlrest_emulator.runner.environments.tools import Say
from amlrest_emulator.runner.environments.uv import UvBuild
from amlrest_emulator.runner.launcher import Launcher
from amlrest_emulator.runner.plan import EnvironmentSource

_LOCK_INTERVAL = 0.1


@dataclass(frozen=True, slots=True)
class Prepared:
    """An environment that a command can run in.

    Attributes:
        path: folders of its Python and commands; none of a container.
        variables: environment variables that it sets.
        container: the container that it is, or None.
    """

    path: tuple[Path, ...]
    variables: dict[str, str] = field(default_factory=dict)
    container: Container | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """Packages that a command needs besides those of its environment.

    Attributes:
        name: name in the list of built environments.
        pinned: all of them with their versions, in front of the Python of the local workspace.
        wanted: requirements to add to those of a conda file, which may decide the versions.
        bringing: packages that bring them; a conda file with one of these stays as it is.
    """

    name: str
    pinned: tuple[str, ...]
    wanted: tuple[str, ...]
    bringing: tuple[str, ...] = ()

    def added_to(self, recipe: Recipe) -> Recipe:
        """Return a recipe with the packages."""
        if any(names_package(line, self.bringing) for line in recipe.requirements):
            return recipe
        return replace(recipe, requirements=(*recipe.requirements, *self.wanted))


# Not resolved: the interpreter of a virtual environment is a symlink.
HOST = Prepared((Path(sys.executable).parent,))


class Environments:
    """Prepares the environments of jobs; for one event loop.

    Args:
        folder: folder of the built ones.
        launcher: starts what builds them.
        build: whether they are built; else commands run with the Python of the local workspace.
        fetch: copies the files of a build context into a folder; blocks.
        shared: folders that containers see besides that of the run.
    """

    def __init__(
        self,
        folder: Path,
        launcher: Launcher,
        *,
        build: bool = False,
        fetch: Fetch,
        shared: tuple[Path, ...] = (),
    ) -> None:
        self.cache = Cache(folder)
        self._build = build
        self._shared = shared
        self._builds = Builds()
        self._launcher = launcher
        self._docker = Docker(launcher, fetch)
        owner = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        self._label = f"amlrest.jobs={owner}"
        self._containers = folder / "containers"

    def recover(self) -> None:
        """End containers that outlived their server, and delete half environments."""
        self.cache.recover()
        if self._containers.exists():
            end_containers(self._label)
            self._containers.unlink()

    @asynccontextmanager
    async def use(
        self,
        source: EnvironmentSource | None,
        own: Path,
        say: Say,
        addition: Addition | None = None,
    ) -> AsyncIterator[Prepared]:
        """Yield the environment of a job; it is kept at least until the block ends.

        Args:
            source: the environment, if the job has one.
            own: folder for what the job installs itself, which does not exist.
            say: called with each line of the log.
            addition: what the command needs besides, except in a container, whose image has it.

        Raises:
            UnbuildableError: it cannot be built.
        """
        if source is not None and self._build and await self._in_container(source, say):
            async with self._container(source, say) as prepared:
                yield prepared
        elif source is not None and self._build and source.conda_file:
            recipe = _recipe(source, say)
            recipe = addition.added_to(recipe) if addition else recipe
            async with self._installed(recipe, source.name, own, say) as prepared:
                yield prepared
        else:
            if source is not None and (self._build or source.conda_file):
                say(_on_host(source, build=self._build))
            async with self._on_host(addition, own, say) as prepared:
                yield prepared

    @asynccontextmanager
    async def _on_host(
        self, addition: Addition | None, own: Path, say: Say
    ) -> AsyncIterator[Prepared]:
        """Yield the Python of the local workspace, with an addition in front of its packages."""
        if addition is None:
            yield HOST
            return
        version = ".".join(map(str, sys.version_info[:3]))
        recipe = Recipe(python=version, requirements=addition.pinned)
        async with self._installed(recipe, addition.name, own, say) as prepared:
            add_packages(own, host_packages())
            yield prepared

    async def _in_container(self, source: EnvironmentSource, say: Say) -> bool:
        wanted = source.image or "the Dockerfile"
        if source.image or source.context:
            problem = await self._docker.problem()
        elif source.dockerfile or source.dockerfile_path:
            problem = "its folder is not in the storage account of the local workspace"
        else:
            return False
        if problem:
            say(f"{wanted} is not used: {problem}.")
        return not problem

    @asynccontextmanager
    async def _container(self, source: EnvironmentSource, say: Say) -> AsyncIterator[Prepared]:
        image = await self._docker.image(source, say)
        self.cache.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._containers.touch()
        container = Container(image, self._label, self._shared)
        try:
            yield Prepared((), container=container)
        finally:
            if container.started:
                await self._docker.kill(container.started)

    @asynccontextmanager
    async def _installed(
        self, recipe: Recipe, name: str, own: Path, say: Say
    ) -> AsyncIterator[Prepared]:
        place = self.cache.place(digest_of(recipe))
        lock = await self._ready(place, recipe, name, say)
        try:
            os.utime(place.lock)
            make_overlay(own, place.folder)
            variables = {"VIRTUAL_ENV": str(own), **dict(recipe.variables)}
            yield Prepared((own / "bin", place.bin), variables)
            if not place.is_ready():
                say("The command changed the environment; it is built anew for the next job.")
        finally:
            lock.close()

    async def _ready(self, place: Place, recipe: Recipe, name: str, say: Say) -> Lock:
        """Return a shared lock of the complete environment."""
        place.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        say(f"Environment {name}: {place.digest}")

        async def work(say_all: Say) -> None:
            lock = await _exclusive(place.lock)
            try:
                # Another job may have built it meanwhile.
                if not place.is_ready():
                    await UvBuild(place, self._launcher, say_all).run(recipe, name)
            finally:
                lock.close()

        while True:
            lock = Lock.take(place.lock, shared=True)
            if lock is not None and place.is_ready():
                say(f"The command runs with {place.folder}")
                return lock
            if lock is not None:
                lock.close()
            await self._builds.join(place.digest, name, work, say)


async def _exclusive(path: Path) -> Lock:
    # A job that uses a changed environment holds the lock as long as it runs, and flock tells
    # nobody of its end.
    while (lock := Lock.take(path, shared=False)) is None:  # noqa: ASYNC110
        await asyncio.sleep(_LOCK_INTERVAL)
    return lock


def _recipe(source: EnvironmentSource, say: Say) -> Recipe:
    try:
        recipe = read_conda_file(source.conda_file)
    except UnbuildableError as error:
        say(str(error))
        raise
    for note in recipe.notes:
        say(note)
    return recipe


def _on_host(source: EnvironmentSource, *, build: bool) -> str:
    why = "has no conda file" if build else "is not built (--environments host)"
    version = ".".join(map(str, sys.version_info[:3]))
    python = f"the Python of the local workspace: {version}, {sys.executable}"
    return f"{source.name} {why}. The command runs with {python}"
