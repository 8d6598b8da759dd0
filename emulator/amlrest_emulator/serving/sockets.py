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
    """Make the folder anew, so that only its owner can enter it.

    Raises:
        OSError: there is one that somebody else has made.
    """
    try:
        found = folder.lstat()
    except FileNotFoundError:
        pass
    else:
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise FileExistsError(f"{folder} is not yours; set TMPDIR to another folder")
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
