"""Builds environments with uv: finds the Python, installs the packages."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from amlrest_emulator.runner.environments.cache import Place
from amlrest_emulator.runner.environments.conda_file import Recipe
from amlrest_emulator.runner.environments.errors import UnbuildableError
from amlrest_emulator.runner.environments.tools import INHERITED, Say, Tool
from amlrest_emulator.runner.launcher import Launcher

_REQUIREMENTS = "amlrest-requirements.txt"
_INHERITED = re.compile(rf"{INHERITED}|UV_\w+|PYENV_ROOT")
# They would install somewhere else.
_NOT_INHERITED = {
    "UV_PYTHON",
    "UV_SYSTEM_PYTHON",
    "UV_PROJECT_ENVIRONMENT",
    "UV_WORKING_DIRECTORY",
    "UV_WORKING_DIR",
}


def uv_command() -> str:
    """Return the path of uv.

    Raises:
        UnbuildableError: it is not installed.
    """
    try:
        from uv import find_uv_bin

        return str(find_uv_bin())
    except (ImportError, FileNotFoundError):
        found = shutil.which("uv")
    if not found:
        message = "uv, which builds environments, is not installed; install amlrest[local]."
        raise UnbuildableError(message)
    return found


def uv_environment(server: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of uv: where its user has set it up, without other secrets."""
    kept = {
        name: value
        for name, value in server.items()
        if _INHERITED.fullmatch(name) and name not in _NOT_INHERITED
    }
    own = {"UV_NO_PROGRESS": "1", "NO_COLOR": "1", "GIT_TERMINAL_PROMPT": "0"}
    path = os.pathsep.join([kept.get("PATH", os.defpath), *_pyenv_folders(kept)])
    # A Python is 30 MB from another host than the packages: only if the user has asked for it.
    return {"UV_PYTHON_DOWNLOADS": "manual", **kept, **own, "PATH": path}


def _pyenv_folders(environment: Mapping[str, str]) -> list[str]:
    """Return the folders of pyenv's versions: uv finds its shims only, and they may not work."""
    root = environment.get("PYENV_ROOT") or f"{environment.get('HOME', '')}/.pyenv"
    return sorted(str(path) for path in Path(root).glob("versions/*/bin"))


class UvBuild:
    """One build.

    Args:
        place: where it goes; the caller holds its lock.
        launcher: starts uv.
        say: called with each line of the log.
    """

    def __init__(self, place: Place, launcher: Launcher, say: Say) -> None:
        self._place = place
        self._say = say
        self._uv = Tool(
            name="uv",
            path=uv_command(),
            launcher=launcher,
            environment=uv_environment(os.environ),
            say=say,
        )

    async def run(self, recipe: Recipe, name: str) -> None:
        """Build the environment.

        Raises:
            UnbuildableError: with the end of uv's output.
        """
        await asyncio.to_thread(self._place.clear)
        try:
            python = await self._python(recipe.python)
            new = self._place.new
            await self._uv.checked("venv", "--relocatable", "--python", python, str(new))
            requirements = new / _REQUIREMENTS
            requirements.write_text("".join(f"{line}\n" for line in recipe.requirements))
            await self._install(requirements, recipe.flags)
            self._place.publish({"name": name, "python": python})
        finally:
            await asyncio.to_thread(shutil.rmtree, self._place.new, ignore_errors=True)

    async def _install(self, requirements: Path, flags: tuple[str, ...]) -> None:
        await self._uv.checked(
            *("pip", "install", "--python", str(self._place.new / "bin/python")),
            # As pip chooses: the best version of all indexes.
            *("--index-strategy", "unsafe-best-match", *flags),
            *("--requirement", str(requirements)),
        )

    async def _python(self, request: str) -> str:
        """Return the path of a Python for a version or version specifiers."""
        if not request or is_version(request, sys.version_info[:3]):
            return sys.executable
        found = await self._find(request)
        minor = re.match(r"\d+\.\d+(?=\.\d+\Z)", request)
        if not found and minor:
            found = await self._find(minor[0])
            if found:
                self._say(f"Python {request} is not on this machine; another {minor[0]} is used.")
        if not found:
            raise UnbuildableError(_no_python(request, self._uv.path))
        return found

    async def _find(self, request: str) -> str:
        code, lines = await self._uv.run("python", "find", "--no-project", request, quiet=True)
        return lines[-1] if code == 0 and lines else ""


def is_version(request: str, version: tuple[int, ...]) -> bool:
    """Return whether a request such as ``3.11`` means a version."""
    parts = request.split(".")
    return all(map(str.isdecimal, parts)) and list(map(int, parts)) == [*version[: len(parts)]]


def _no_python(request: str, uv: str) -> str:
    version = request if request[0].isdigit() else "a version of that range"
    return (
        f"There is no Python {request} on this machine. Install {version}, for example with "
        f"'{uv} python install {request}', pyenv or the package manager of this machine, and "
        "submit the job again; or change the version in the conda file."
    )
