"""Files of a run: from datastores, URLs and this machine into its folder, and results back."""

import mimetypes
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.parse import unquote, urlsplit

from amlrest_emulator.blob import BlobError, BlobStore, load_file, store_file
from amlrest_emulator.blob.records import BlobRecord
from amlrest_emulator.runner.plan import Source

_URL_TIMEOUT = 60.0


class MissingFilesError(Exception):
    """Files that a run needs are not where its plan says."""


def fetch(source: Source, target: Path, blobs: BlobStore, what: str) -> Path:
    """Copy files below ``target``.

    Args:
        source: where they are.
        target: folder; made when missing.
        blobs: the blob store.
        what: names the files in an error, e.g. ``input 'iris'``.

    Returns:
        Path of the file when the source is one file, else the folder.

    Raises:
        MissingFilesError: names ``what`` and the source.
    """
    target.mkdir(parents=True, exist_ok=True)
    try:
        if source.kind == "url":
            return _download(source.path, target)
        if source.kind == "file":
            return _copy(Path(source.path), target)
        return _load(source, target, blobs)
    except (OSError, BlobError) as error:
        raise MissingFilesError(f"{what}: {source} cannot be read: {error}") from error


def _download(url: str, target: Path) -> Path:
    path = target / (_safe_name(urlsplit(url).path) or "data")
    request = urllib.request.Request(url, headers={"User-Agent": "amlrest-local"})  # noqa: S310
    try:
        with (
            urllib.request.urlopen(request, timeout=_URL_TIMEOUT) as answer,  # noqa: S310 - http(s) only
            path.open("wb") as stream,
        ):
            shutil.copyfileobj(answer, stream)
    except HTTPException as error:
        # Its own words may quote the URL, and so a signature.
        raise OSError(f"the answer is not HTTP ({type(error).__name__})") from None
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
        raise FileNotFoundError("there is no such file or folder")
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
        raise FileNotFoundError(f"the blob name {relative!r} leads out of the folder")
    return path


def own_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files that are really below a folder, each with its path there.

    Links that lead out, also the folder as a link itself, are left out: the command could point
    them anywhere.
    """
    root = folder.parent.resolve() / folder.name
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.resolve().is_relative_to(root):
            yield path.relative_to(folder).as_posix(), path


def upload_folder(folder: Path, container: str, prefix: str, blobs: BlobStore) -> None:
    """Store the folder's own files as blobs under ``prefix``."""
    for relative, path in own_files(folder):
        name = "/".join(part for part in (prefix.strip("/"), relative) if part)
        store_file(blobs, container, name, path, content_type(path))


def content_type(path: Path) -> str:
    """Return the content type that goes with a file's name."""
    if path.suffix in {".log", ".txt"}:
        return "text/plain; charset=utf-8"
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"
