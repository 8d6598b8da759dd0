"""Files of reports: written whole, and over nothing but another report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest import _part_files
from amlrest.errors import ValidationError
from amlrest.report.pages import GENERATOR

if TYPE_CHECKING:
    from pathlib import Path

_BEGINNING = 1024


def check(path: Path) -> None:
    """Raise if a report cannot be written to a path.

    Raises:
        ValidationError: it is a folder, or a file that is not a report.
    """
    try:
        if path.is_dir():
            raise ValidationError(f"{path} is a folder; give the path of a file")
        if path.is_file() and not _is_report(path):
            raise ValidationError(
                f"{path} exists and is not a report; give another path or delete it"
            )
    except OSError as error:
        raise ValidationError(f"{path} cannot be read: {error.strerror}") from error


def write(path: Path, html: str) -> None:
    """Write a report; missing parent folders are created.

    Raises:
        ValidationError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        check(path)
        _part_files.write_text(path, html)
    except OSError as error:
        raise ValidationError(f"{path} cannot be written: {error.strerror}") from error


def _is_report(path: Path) -> bool:
    if path.stat().st_size == 0:
        return True
    with path.open("rb") as stream:
        return f'content="{GENERATOR}"'.encode() in stream.read(_BEGINNING)
