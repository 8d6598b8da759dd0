"""Images of environments, with docker: pulled, or built from a Dockerfile and a conda file."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from amlrest_emulator.runner.environments.builds import Builds
from amlrest_emulator.runner.environments.errors import UnbuildableError
from amlrest_emulator.runner.environments.tools import INHERITED, Say, Tool
from amlrest_emulator.runner.launcher import Launcher
from amlrest_emulator.runner.plan import EnvironmentSource, Source

Fetch = Callable[[Source, Path], object]

LABEL = "amlrest.environment"
_INHERITED = re.compile(rf"{INHERITED}|DOCKER_\w+")
_ANSWER_SECONDS = 10.0
_REMEMBERED_SECONDS = 60.0
_DOCKERFILE = "Dockerfile"
_CONDA = "/opt/amlrest/environment"
# As the service builds it: conda of the image, the environment first on all paths.
_WITH_CONDA = f"""FROM {{image}}
COPY conda.yml /opt/amlrest/conda.yml
RUN conda env create --prefix {_CONDA} --file /opt/amlrest/conda.yml
ENV PATH={_CONDA}/bin:$PATH LD_LIBRARY_PATH={_CONDA}/lib:$LD_LIBRARY_PATH
ENV CONDA_PREFIX={_CONDA} CONDA_DEFAULT_ENV={_CONDA}
"""


def docker_environment() -> dict[str, str]:
    """Return the environment of the docker client."""
    found = {name: value for name, value in os.environ.items() if _INHERITED.fullmatch(name)}
    return {**found, "BUILDKIT_PROGRESS": "plain", "NO_COLOR": "1"}


class Docker:
    """The docker of this machine.

    Args:
        launcher: starts the docker client.
        fetch: copies the files of a build context into a folder; blocks.
    """

    def __init__(self, launcher: Launcher, fetch: Fetch) -> None:
        self._launcher = launcher
        self._fetch = fetch
        self._builds = Builds()
        self._answer: tuple[float, str] | None = None

    async def problem(self) -> str:
        """Return why docker cannot be used, or ""."""
        if self._answer is None or time.monotonic() - self._answer[0] > _REMEMBERED_SECONDS:
            self._answer = time.monotonic(), await self._ask()
        return self._answer[1]

    async def _ask(self) -> str:
        if sys.platform != "linux":
            return "containers are used on Linux only"
        if shutil.which("docker") is None:
            return "there is no docker on this machine"
        docker = self._tool(lambda _: None)
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                code, lines = await docker.run("version", "--format", "{{.Server.Version}}")
        except TimeoutError:
            return f"docker did not answer within {_ANSWER_SECONDS:g} s"
        said = " ".join(filter(None, lines)).rstrip(".")
        return "" if code == 0 else f"docker does not answer: {said}"

    def _tool(self, say: Say) -> Tool:
        path = shutil.which("docker") or "docker"
        return Tool("docker", path, self._launcher, docker_environment(), say)

    async def image(self, source: EnvironmentSource, say: Say) -> str:
        """Return the image of an environment, pulled or built if it is not there.

        Raises:
            UnbuildableError: that failed; with the end of docker's output.
        """
        docker = self._tool(say)
        built = bool(source.conda_file or source.context)
        image = f"amlrest-environment:{_digest(source)}" if built else source.image
        if not await self._exists(docker, image):

            async def work(say_all: Say) -> None:
                tool = self._tool(say_all)
                if built:
                    await self._build(tool, source, image)
                else:
                    await tool.checked("pull", image)

            await self._builds.join(image, source.name, work, say)
        say(f"Environment {source.name}: image {image}")
        return image

    async def _exists(self, docker: Tool, image: str) -> bool:
        return (await docker.run("image", "inspect", image, quiet=True))[0] == 0

    async def _build(self, docker: Tool, source: EnvironmentSource, image: str) -> None:
        base = source.image
        with tempfile.TemporaryDirectory(prefix="amlrest-") as name:
            folder = Path(name)
            if source.context is not None:
                base = f"{image}-base" if source.conda_file else image
                await asyncio.to_thread(self._fetch, source.context, folder / "context")
                path = folder / "context" / (source.dockerfile_path or _DOCKERFILE)
                await _build_image(docker, base, path, folder / "context")
            if source.conda_file:
                (folder / "conda").mkdir()
                (folder / "conda/conda.yml").write_text(source.conda_file)
                path = folder / "conda" / _DOCKERFILE
                path.write_text(_WITH_CONDA.format(image=base))
                await _build_image(docker, image, path, folder / "conda")

    async def kill(self, containers: list[str]) -> None:
        """End containers that are still running."""
        await self._tool(lambda _: None).run("kill", *containers, quiet=True)


def end_containers(label: str) -> None:
    """End the containers that have a label, which a killed server left."""
    ask = ["docker", "ps", "--quiet", "--filter", f"label={label}"]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        found = subprocess.run(ask, capture_output=True, timeout=_ANSWER_SECONDS, check=True)  # noqa: S603
        if found.stdout.split():
            kill = ["docker", "kill", *found.stdout.decode().split()]
            subprocess.run(kill, capture_output=True, timeout=_ANSWER_SECONDS, check=True)  # noqa: S603


async def _build_image(docker: Tool, image: str, dockerfile: Path, context: Path) -> None:
    _check_inside(dockerfile, context)
    files = ("--file", str(dockerfile), str(context))
    await docker.checked("build", "--label", LABEL, "--tag", image, *files)


def _check_inside(dockerfile: Path, context: Path) -> None:
    if not dockerfile.resolve().is_relative_to(context.resolve()):
        raise UnbuildableError(f"the Dockerfile {dockerfile.name} is outside its build context.")


def _digest(source: EnvironmentSource) -> str:
    context = [source.context.container, source.context.path] if source.context else []
    content = [source.image, source.conda_file, source.dockerfile, source.dockerfile_path, context]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]
