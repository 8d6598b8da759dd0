"""Names for shell completion, from a short-lived cache that a process of its own fills.

A shell waits for completions at every press of the key, so they come from the cache. When that is
old, a background process lists the names again, and is waited for only briefly.
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

from amlrest.cli.session import CONNECTION, Session

MAX_AGE = 30.0
"""Seconds after which names are listed again."""
MAX_WAIT = 0.15
"""Seconds to wait for names that are being listed; with the start of Python, less than 300 ms."""
_MOST = 500
_PROGRAM = "from amlrest.cli import completion; completion.refresh()"


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
        _start(file, collection, session)
        deadline = time.monotonic() + MAX_WAIT
        while _age(file) > MAX_AGE and time.monotonic() < deadline:
            time.sleep(0.01)
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def refresh() -> None:
    """List names and write the file; the arguments say which."""
    from itertools import islice

    from amlrest._part_files import write_text

    file, collection, options = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
    session = Session()
    for name, value in options.items():
        setattr(session, name, value)
    with session.connect() as workspace:
        found = [each.name for each in islice(getattr(workspace, collection).list(), _MOST)]
    os.umask(0o077)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_text(file, json.dumps(found))


def _start(file: Path, collection: str, session: Session) -> None:
    options = {name: getattr(session, name) for name in CONNECTION}
    subprocess.Popen(  # noqa: S603 - this Python, and a program that is a constant
        [sys.executable, "-c", _PROGRAM, str(file), collection, json.dumps(options)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


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
