"""Paths of users, with `~` expanded."""

from __future__ import annotations

import os
from pathlib import Path


def expand_user(path: str | os.PathLike[str]) -> Path:
    """Return a path with `~` expanded; unchanged without a home folder."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises without a home folder
