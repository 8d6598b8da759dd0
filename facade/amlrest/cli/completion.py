"""Names for shell completion, from a short-lived cache that a process of its own fills.

A shell waits for completions at every press of the key, so they come from the cache. When that is
old, a background process lists the names again, and is waited for only until this process has
lasted for `MAX_SECONDS`.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from amlrest import _list_names

if TYPE_CHECKING:
    from amlrest.cli.session import Session

MAX_AGE = 30.0
"""Seconds after which names are listed again."""
MAX_SECONDS = 0.2
"""Seconds from the start of this process for which it waits for names that are being listed."""
_SOON = 2.0
"""Names that have been listed for longer are not waited for: the host may not answer at all."""


def names(session: Session, collection: str) -> list[str]:
    """Return the names in a collection of the workspace, as far as they are known in time.

    Nothing is raised: a shell would show the traceback in the command line.

    Args:
        session: the global options that are in the command line already.
        collection: attribute of the workspace, such as ``jobs``.
    """
    from amlrest.errors import AmlrestError

    try:
        settings = session.settings()
    except AmlrestError:
        return []
    key = json.dumps([settings.endpoint, settings.workspace_id.lower(), collection])
    file = _folder() / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"
    if _age(file) > MAX_AGE:
        marker = file.with_suffix(".listing")
        if _claim(marker):
            _start(file, collection, session)
        if _age(marker) < _SOON:
            _wait_for(file)
    return _read(file)


def _claim(marker: Path) -> bool:
    """Return whether no other process lists the names, and mark that this one does."""
    if _age(marker) <= _list_names.MAX_SECONDS:
        return False
    try:
        marker.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        marker.touch(mode=0o600)
    except OSError:
        return False  # what is listed could not be kept either
    return True


def _start(file: Path, collection: str, session: Session) -> None:
    arguments = [str(file), collection, json.dumps(session.connection)]
    subprocess.Popen(  # noqa: S603 - this Python, and a module of this package
        [sys.executable, "-m", _list_names.__name__, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait_for(file: Path) -> None:
    deadline = time.monotonic() + MAX_SECONDS - _seconds_since_start()
    while _age(file) > MAX_AGE and time.monotonic() < deadline:
        time.sleep(0.01)


def _seconds_since_start() -> float:
    """Return how long this process has lasted; where only that is known, its processor time."""
    try:
        after_name = Path("/proc/self/stat").read_text("ascii", "replace").rpartition(")")[2]
        started = int(after_name.split()[19]) / os.sysconf("SC_CLK_TCK")
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started
    except (OSError, AttributeError):  # not on Linux
        return time.process_time()


def _read(file: Path) -> list[str]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "amlrest" / "names"


def _age(file: Path) -> float:
    """Return the age in seconds; infinite for no file, and for one of the future."""
    try:
        age = time.time() - file.stat().st_mtime
    except OSError:
        return math.inf
    return age if age >= 0 else math.inf  # the clock was set back
