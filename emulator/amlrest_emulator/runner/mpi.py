"""MPI: the launcher of this machine or of the environment, and the command line for it."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping
from typing import Any

from amlrest_emulator.runner.environment import process_count

_LAUNCHERS = ("mpirun", "mpiexec")
# Open MPI starts more processes than cores, and any as root, only if it is told to. Its versions
# 4 and 5 have different names for it; other launchers ignore them.
VARIABLES = {
    "OMPI_ALLOW_RUN_AS_ROOT": "1",
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "OMPI_MCA_rmaps_base_oversubscribe": "1",
    "PRTE_ALLOW_RUN_AS_ROOT": "1",
    "PRTE_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "PRTE_MCA_rmaps_default_mapping_policy": ":oversubscribe",
}


class NoLauncherError(Exception):
    """Neither the environment nor this machine has an MPI launcher."""


def mpi_processes(distribution: Mapping[str, Any] | None, nodes: int) -> int:
    """Return the number of processes that an MPI launcher is needed for; 0 if none is needed."""
    if not distribution or distribution["distributionType"] != "Mpi":
        return 0
    count = process_count(distribution) * nodes
    return count if count > 1 else 0


def find_launcher(path: str) -> str | None:
    """Return the MPI launcher on a PATH, or None."""
    found = (shutil.which(name, path=path) for name in _LAUNCHERS)
    return next(filter(None, found), None)


def need_launcher(path: str) -> str:
    """Return the MPI launcher on a PATH.

    Raises:
        NoLauncherError: there is none.
    """
    launcher = find_launcher(path)
    if launcher is None:
        raise NoLauncherError(
            f"{' or '.join(_LAUNCHERS)}, which starts MPI processes, is not on the PATH. Install "
            "MPI on this machine or in the environment, or use one process or PyTorch."
        )
    return launcher


def launched(command: str, processes: int, launcher: str) -> str:
    """Return the command that runs a command in several processes."""
    shell = shutil.which("bash") or "/bin/sh"
    return shlex.join(["exec", launcher, "-n", str(processes), shell, "-c", command])
