"""Runs the real command in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

Run = Callable[..., subprocess.CompletedProcess[str]]
COMMAND = [sys.executable, "-c", "import sys; from amlrest.cli import main; sys.exit(main())"]
_OURS = ("AMLREST_", "AZURE", "AML")


def clean_environment(home: Path) -> dict[str, str]:
    """The process's environment without anything that names a workspace."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(_OURS)}
    return kept | {"HOME": str(home), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command with no workspace configured and an empty home folder."""
    environment = clean_environment(tmp_path)
    return _runner(environment, tmp_path)


@pytest.fixture
def amlrest(local_workspace: "LocalWorkspace", tmp_path: Path) -> Run:
    """Run the command on the shared local workspace."""
    environment = clean_environment(tmp_path) | local_workspace.environment()
    return _runner(environment, tmp_path)


def _runner(environment: dict[str, str], folder: Path) -> Run:
    def run(*arguments: str, stdin: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            env=environment | extra,
            cwd=folder,
            timeout=240,
            check=False,
        )

    return run
