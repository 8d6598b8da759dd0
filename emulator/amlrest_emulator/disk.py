"""Writes that survive a power failure, in the order that they are made."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO


def settle_file(stream: BinaryIO) -> None:
    """Write an open file, and its entry in its folder, to the disk."""
    stream.flush()
    os.fsync(stream.fileno())
    settle_folder(Path(stream.name).parent)


def settle_folder(folder: Path) -> None:
    """Write the entries of a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Create a folder and its parents unless they exist, each with its entry on the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    settle_folder(folder.parent)
