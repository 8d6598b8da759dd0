"""Command lines that run the command of a job in a container."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from amlrest_emulator.runner.environments.docker import docker_environment

# The client reads these itself, so that a job's values for them are given as arguments.
_OF_THE_CLIENT = ("HOME", "PATH")
# Bash where the image has it, as on the host.
_SHELL = 'if command -v bash >/dev/null 2>&1; then exec bash -c "$0"; fi; exec sh -c "$0"'


@dataclass(frozen=True, slots=True)
class Container:
    """An image that a command can run in.

    Attributes:
        image: name or id.
        label: label of all containers of this state folder.
        mounts: folders that have the same path in the container.
        started: names of the containers that were started.
    """

    image: str
    label: str
    mounts: tuple[Path, ...] = ()
    started: list[str] = field(default_factory=list)

    def command(
        self, name: str, command: str, variables: Mapping[str, str], folder: Path, root: Path
    ) -> tuple[str, dict[str, str]]:
        """Return the shell command that runs a command in a new container, and its environment.

        Args:
            name: name of the container.
            command: shell command.
            variables: environment variables in the container.
            folder: working folder.
            root: folder of the run, which the container sees.
        """
        given: list[str] = []
        passed: dict[str, str] = {}
        for variable, value in variables.items():
            if variable in _OF_THE_CLIENT or variable.startswith("DOCKER_"):
                given += ["--env", f"{variable}={value}"]
            else:
                # Not as an argument, which other users of the machine could see.
                given += ["--env", variable]
                passed[variable] = value
        arguments = [
            *("exec", shutil.which("docker") or "docker", "run", "--rm", "--init"),
            *("--name", name, "--label", self.label, "--network", "host"),
            *("--user", f"{os.getuid()}:{os.getgid()}", "--workdir", str(folder)),
            *(word for path in (root, *self.mounts) for word in ("--mount", _same_path(path))),
            *("--env", "HOME=/tmp", *given, "--entrypoint", "sh"),
            *(self.image, "-c", _SHELL, command),
        ]
        self.started.append(name)
        return shlex.join(arguments), docker_environment() | passed


def _same_path(path: Path) -> str:
    quoted = str(path).replace('"', '""')
    return f'type=bind,"source={quoted}","target={quoted}"'
