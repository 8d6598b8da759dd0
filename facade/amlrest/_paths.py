"""Paths as people write them."""

from __future__ import annotations

import os
from pathlib import Path


def expand_user(path: str | os.PathLike[str]) -> Path:
    """Return a path with the home folder in the place of `~`; as it is where there is none."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - pathlib's raises without a home folder
