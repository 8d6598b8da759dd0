"""Atomic replacement of folders and files: a failed run leaves the old ones unchanged."""

from __future__ import annotations

import contextlib
import filecmp
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

IGNORED = {"__pycache__", ".ruff_cache", ".mypy_cache"}


@contextlib.contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """Yield an empty folder that replaces ``target`` when the block ends without an error."""
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        fresh, old = work / "new", work / "old"
        fresh.mkdir()
        yield fresh
        _swap(fresh, target, old)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _swap(fresh: Path, target: Path, old: Path) -> None:
    existed = target.exists()
    if existed:
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if existed:
            old.rename(target)
        raise


def write_file(path: Path, text: str) -> None:
    """Write a file atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, encoding="utf-8", newline="\n", delete=False
    ) as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def differences(expected: Path, found: Path) -> list[str]:
    """Return one line for each file that differs between two folders."""
    left, right = _files(expected), _files(found)
    lines = [f"{name}: missing" for name in left - right]
    lines += [f"{name}: not generated" for name in right - left]
    lines += [
        f"{name}: differs"
        for name in left & right
        if not filecmp.cmp(expected / name, found / name, shallow=False)
    ]
    return sorted(lines)


def _files(root: Path) -> set[str]:
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not IGNORED & set(path.relative_to(root).parts)
    }
