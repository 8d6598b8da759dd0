"""Folder of the sockets: short, because the path of a socket has at most about 100 bytes."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from pathlib import Path


def sockets_folder(state_dir: Path) -> Path:
    """Return the folder for a state folder."""
    digest = hashlib.sha256(os.fsencode(state_dir.resolve())).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"amlrest-{os.getuid()}-{digest}"


def make_sockets_folder(folder: Path) -> None:
    """Make the folder unless it is there, so that only its owner can enter it.

    Raises:
        OSError: somebody else has made it.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    if not _is_own(folder):
        raise FileExistsError(f"{folder} is not a folder of yours alone; set TMPDIR to another one")


def remove_sockets_folder(folder: Path) -> None:
    """Delete the folder, which a killed server may have left; not that of somebody else."""
    if folder.exists() and _is_own(folder):
        shutil.rmtree(folder, ignore_errors=True)


def _is_own(folder: Path) -> bool:
    found = folder.lstat()
    is_private = stat.S_ISDIR(found.st_mode) and not stat.S_IMODE(found.st_mode) & 0o077
    return is_private and found.st_uid == os.getuid()
