"""Keeps the secrets of this process from other processes of the same user, such as jobs.

Linux shows the environment a process was started with, its open files and its memory under
``/proc``. Both functions do nothing on other systems.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

_PR_SET_DUMPABLE = 4
# Positions in /proc/self/stat, counted from 0 after the name in parentheses.
_ENV_START, _ENV_END = 47, 48
_STAT = Path("/proc/self/stat")


def hide_process() -> None:
    """Close ``/proc/<pid>`` of this process to other processes, and clear its environment there.

    To be called before other threads start. The environment variables themselves stay.
    """
    if _STAT.exists():
        _clear_environment()
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _clear_environment() -> None:
    """Overwrite the texts of the environment that the system shows.

    It does not forget what a process removes from its environment.
    """
    for name, value in os.environb.items():
        os.putenv(name, value)  # now in memory of its own
    start, end = _environment_range()
    if start < end:
        ctypes.memset(start, 0, end - start)


def _environment_range() -> tuple[int, int]:
    numbers = _STAT.read_text().rpartition(")")[2].split()
    return int(numbers[_ENV_START]), int(numbers[_ENV_END])
