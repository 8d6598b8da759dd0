"""Snapshots: the files of a folder and a digest of their content.

The digest depends only on relative paths and bytes, so that the same content has the same
identity on every machine. Empty folders are not part of it. Symbolic links inside the folder are
followed; one that points outside, is broken or forms a loop is rejected, because its target
differs between machines.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from amlrest._paths import expand_user
from amlrest.errors import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from amlrest._files.ignore import IgnoreRules

MAX_BLOB_NAME = 1024
_FORMAT = b"amlrest snapshot 1\n"
_THREADS = 8
_LARGE_FILE = 1 << 20


class SnapshotFile(NamedTuple):
    """One file of a snapshot.

    Attributes:
        path: relative to the folder, with forward slashes.
        source: the file on disk.
        size: size in bytes.
        mtime_ns: modification time, taken before the content was read.
        sha256: digest of the content.
    """

    path: str
    source: Path
    size: int
    mtime_ns: int
    sha256: bytes


class Snapshot(NamedTuple):
    """The files of a folder, or a single file.

    Attributes:
        root: the folder, or the file itself.
        files: sorted by path.
        digest: SHA-256 over all paths and contents, 64 hexadecimal digits.
    """

    root: Path
    files: tuple[SnapshotFile, ...]
    digest: str

    @property
    def size(self) -> int:
        """Total size in bytes."""
        return sum(file.size for file in self.files)

    @property
    def is_file(self) -> bool:
        """Whether the root is a file, not a folder."""
        return len(self.files) == 1 and self.files[0].source == self.root


def scan(path: str | os.PathLike[str]) -> Snapshot:
    """Return the snapshot of a folder, without ignored files, or of a single file.

    Args:
        path: the folder or file; `~` is the home folder.

    Raises:
        ValidationError: the path does not exist, has no files to upload, or has one that cannot
            be uploaded: a link to outside, a device, an unreadable file, an invalid name.
    """
    root = expand_user(path)
    files = sorted(_hashed(find_files(root)), key=lambda file: file.path)
    return Snapshot(root, tuple(files), _digest(files))


def find_files(root: Path) -> list[tuple[str, Path]]:
    """Return the relative path and location of each file that `scan` reads.

    Raises:
        ValidationError: as for `scan`, except for unreadable files.
    """
    try:
        mode = root.stat().st_mode
        found = list(_walk(root)) if stat.S_ISDIR(mode) else [(root.name, root)]
    except OSError as error:
        raise ValidationError(f"{error.filename or root}: {error.strerror}") from error
    except ValueError as error:
        raise ValidationError(f"{str(root)!r}: {error}") from error
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise ValidationError(f"{root}: neither a file nor a folder")
    if not found:
        raise ValidationError(
            f"{root}: nothing to upload: the folder is empty or all files are ignored"
        )
    for name, source in found:
        check_path(name, source)
    return found


def check_path(name: str, source: Path) -> None:
    """Raise unless storage preserves a file name.

    Raises:
        ValidationError: the name has a control character, a backslash or bytes that are not UTF-8.
    """
    if name.isprintable() and "\\" not in name:
        return
    problem = None
    if any(unicodedata.category(char) == "Cc" for char in name):
        problem = "a control character"
    elif any(unicodedata.category(char) == "Cs" for char in name):
        problem = "bytes that are not UTF-8"
    elif "\\" in name:
        problem = "a backslash"
    if problem:
        raise ValidationError(
            f"{os.fspath(source)!r}: the name contains {problem}; rename the file"
        )


def _walk(root: Path) -> Iterator[tuple[str, Path]]:
    from amlrest._files.ignore import rules_for

    top = root.resolve()
    yield from _Walk(top).folder(root, "", rules_for(root), (top,))


class _Walk(NamedTuple):
    """One walk through a folder; `top` is its real path."""

    top: Path

    def folder(
        self, place: Path, path: str, rules: IgnoreRules, above: tuple[Path, ...]
    ) -> Iterator[tuple[str, Path]]:
        with os.scandir(place) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            name = f"{path}/{entry.name}" if path else entry.name
            is_folder = _is_folder(entry)
            if rules.ignores(name, is_folder=is_folder):
                continue
            here = Path(entry.path)
            if len(name) > MAX_BLOB_NAME:
                raise ValidationError(f"{here}: the path is too long for a blob name; ignore it")
            if entry.is_symlink():
                self._check_link(here, above)
            if is_folder:
                inside = rules.for_subfolder(here, name)
                yield from self.folder(here, name, inside, (*above, here.resolve()))
            elif entry.is_file():
                yield name, here
            else:
                raise ValidationError(f"{here}: neither a file nor a folder; remove or ignore it")

    def _check_link(self, link: Path, above: tuple[Path, ...]) -> None:
        try:
            target = link.resolve(strict=True)
        except (OSError, RuntimeError):
            raise ValidationError(f"{link}: the link is broken; remove or ignore it") from None
        if not target.is_relative_to(self.top):
            raise ValidationError(
                f"{link}: the link points outside the folder, to {target}; copy the target or ignore the link"
            )
        if target in above:
            raise ValidationError(
                f"{link}: the link points to one of its parent folders; ignore it"
            )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, which is rejected later unless it is ignored
        return False


def _hashed(found: list[tuple[str, Path]]) -> Iterable[SnapshotFile]:
    """Hash the files; large ones in threads, since hashing releases the GIL."""
    if not any(source.stat().st_size >= _LARGE_FILE for _, source in found):
        return [_hash(name, source) for name, source in found]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_THREADS) as threads:
        return list(threads.map(_hash, *zip(*found, strict=True)))


def _hash(name: str, source: Path) -> SnapshotFile:
    try:
        with source.open("rb", buffering=0) as stream:
            before = os.fstat(stream.fileno())
            if before.st_size < _LARGE_FILE:
                digest = hashlib.sha256(stream.readall())
            else:
                digest = hashlib.file_digest(stream, "sha256")
            return SnapshotFile(name, source, before.st_size, before.st_mtime_ns, digest.digest())
    except OSError as error:
        raise ValidationError(f"{source}: cannot be read: {error.strerror}") from error


def _digest(files: Iterable[SnapshotFile]) -> str:
    """Return the digest of all digests; no path contains the zero byte that terminates it."""
    whole = hashlib.sha256(_FORMAT)
    for file in files:
        whole.update(file.path.encode() + b"\0" + file.sha256)
    return whole.hexdigest()
