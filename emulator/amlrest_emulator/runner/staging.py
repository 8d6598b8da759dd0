"""Staging of files: download of code and inputs, upload of results."""

from __future__ import annotations

import mimetypes
import os
import shutil
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.parse import unquote, urlsplit

from amlrest_emulator.blob import BlobError, BlobStore, load_file, store_file
from amlrest_emulator.blob.records import BlobRecord
from amlrest_emulator.runner.plan import Source

_URL_TIMEOUT = 60.0
_SURROGATE = 0xDC00
"""Python reads the byte ``b`` of a file name that is not UTF-8 as this and ``b``."""

_NOTHING_THERE = (FileNotFoundError, NotADirectoryError)

Report = Callable[[OSError], None]


class MissingFilesError(Exception):
    """Code or input files of a run that cannot be read."""


def fetch(source: Source, target: Path, blobs: BlobStore, label: str) -> Path:
    """Copy files into a folder.

    Args:
        source: source of the files.
        target: folder; created if missing.
        blobs: the blob store.
        label: name of the files in errors, e.g. ``input 'iris'``.

    Returns:
        Path of the file if the source is one file, else of the folder.

    Raises:
        MissingFilesError: the source cannot be read.
    """
    target.mkdir(parents=True, exist_ok=True)
    try:
        if source.kind == "url":
            return _download(source.path, target)
        if source.kind == "file":
            return _copy(Path(source.path), target)
        return _load(source, target, blobs)
    except (OSError, BlobError) as error:
        raise MissingFilesError(f"{label}: {source} cannot be read: {error}") from error


def _download(url: str, target: Path) -> Path:
    path = target / (_safe_name(urlsplit(url).path) or "data")
    request = urllib.request.Request(url, headers={"User-Agent": "amlrest-local"})  # noqa: S310
    try:
        with (
            urllib.request.urlopen(request, timeout=_URL_TIMEOUT) as response,  # noqa: S310 - http(s) only
            path.open("wb") as stream,
        ):
            shutil.copyfileobj(response, stream)
    except HTTPException as error:
        # Its message may contain the URL, and so a signature.
        raise OSError(f"invalid HTTP response ({type(error).__name__})") from None
    return path


def _safe_name(path: str) -> str:
    name = unquote(path.rstrip("/").rpartition("/")[2])
    return "" if name in {".", ".."} else name.replace("/", "_").replace("\0", "_")


def _copy(source: Path, target: Path) -> Path:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
        return target
    return Path(shutil.copy2(source, target / source.name))


def _load(source: Source, target: Path, blobs: BlobStore) -> Path:
    name = source.path.strip("/")
    single = blobs.find(source.container, name)
    if single is not None:
        path = target / (_safe_name(name) or "data")
        load_file(blobs, single, path)
        return path
    files = list(_files_below(source.container, f"{name}/" if name else "", blobs))
    if not files:
        raise FileNotFoundError("no such file or folder")
    for relative, blob in files:
        load_file(blobs, blob, _inside(target, relative))
    return target


def _files_below(container: str, prefix: str, blobs: BlobStore) -> Iterator[tuple[str, BlobRecord]]:
    for blob in blobs.walk(container, prefix):
        relative = blob.name[len(prefix) :]
        if relative and not relative.endswith("/"):
            yield relative, blob


def _inside(folder: Path, relative: str) -> Path:
    path = (folder / relative).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise FileNotFoundError(f"the blob name {relative!r} points outside the folder")
    return path


def own_files(folder: Path, report: Report | None = None) -> Iterator[tuple[str, Path]]:
    """Yield the files in a folder with their relative paths.

    Symlinks that point outside the folder are skipped, as is a folder that is a symlink.

    Args:
        folder: the folder; it may be missing.
        report: called with each error of a part that cannot be read.
    """
    root = folder.parent.resolve() / folder.name
    tell = report or _ignore
    for place, folders, names in os.walk(folder, onerror=tell):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            try:
                own = path.is_file() and path.resolve().is_relative_to(root)
            except OSError as error:
                tell(error)
            except RuntimeError:  # symlinks in a circle
                continue
            else:
                if own:
                    yield path.relative_to(folder).as_posix(), path


def _ignore(_error: OSError) -> None:
    pass


def blob_name(relative: str) -> str:
    """Return the blob name for a path: bytes that are not UTF-8 become ``%XX``."""
    return "".join(
        f"%{ord(char) - _SURROGATE:02X}" if _SURROGATE <= ord(char) < _SURROGATE + 256 else char
        for char in relative
    )


def upload_folder(folder: Path, container: str, prefix: str, blobs: BlobStore) -> list[str]:
    """Upload the files of a folder as blobs under ``prefix``.

    A file that vanishes meanwhile is left out.

    Returns:
        What was not uploaded, and why; all else was.
    """
    problems: list[str] = []

    def report(path: Path | str, reason: object) -> None:
        problems.append(f"{blob_name(os.path.relpath(path, folder.parent))}: {reason}")

    def unreadable(error: OSError) -> None:
        if not isinstance(error, _NOTHING_THERE):
            report(error.filename, error.strerror)

    for relative, path in own_files(folder, unreadable):
        name = "/".join(part for part in (prefix.strip("/"), blob_name(relative)) if part)
        try:
            store_file(blobs, container, name, path, content_type(path))
        except _NOTHING_THERE:
            continue
        except OSError as error:
            report(path, error.strerror)
        except (BlobError, sqlite3.Error) as error:
            report(path, error)
    return problems


def content_type(path: Path) -> str:
    """Return the content type for a file name."""
    if path.suffix in {".log", ".txt"}:
        return "text/plain; charset=utf-8"
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"
