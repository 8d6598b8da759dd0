"""Source documents of an API version, in a checkout, a folder or an archive.

Keys are paths inside the source with ``/`` separators; relative references resolve against them
as in the upstream repository.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import posixpath
import subprocess
import tarfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote

from codegen_steps.problems import CodegenError, Decisions, Place

if TYPE_CHECKING:
    from collections.abc import Callable

PROVIDER = "Microsoft.MachineLearningServices"
NOT_DOCUMENTS = {"examples", ".git", "node_modules"}


class Files(Protocol):
    """Files that documents are read from."""

    def json_files(self) -> list[str]:
        """Return every ``.json`` file outside folders without documents."""

    def read(self, key: str) -> bytes:
        """Return the content of a file; raise FileNotFoundError."""


@dataclass(frozen=True)
class Folder:
    """A checkout or another folder; references may lead out of it, as they do upstream."""

    root: Path

    def json_files(self) -> list[str]:
        """Return every document below the root."""
        found: list[str] = []
        for folder, subfolders, names in os.walk(self.root):
            subfolders[:] = sorted(set(subfolders) - NOT_DOCUMENTS)
            inside = Path(folder).relative_to(self.root)
            found += [(inside / name).as_posix() for name in names if name.endswith(".json")]
        return sorted(found)

    def read(self, key: str) -> bytes:
        """Return the content of a file."""
        return (self.root / key).read_bytes()


@dataclass(frozen=True)
class Archive:
    """A zip or tar file, read in place."""

    path: Path

    def json_files(self) -> list[str]:
        """Return every document in the archive."""
        with self._open() as archive:
            names = (
                archive.namelist() if isinstance(archive, zipfile.ZipFile) else archive.getnames()
            )
        return sorted(
            name
            for name in names
            if name.endswith(".json") and not NOT_DOCUMENTS & set(name.split("/"))
        )

    def read(self, key: str) -> bytes:
        """Return the content of a member."""
        with self._open() as archive:
            try:
                if isinstance(archive, zipfile.ZipFile):
                    return archive.read(key)
                member = archive.extractfile(key)
            except KeyError:
                raise FileNotFoundError(key) from None
            if member is None:
                raise FileNotFoundError(key)
            return member.read()

    def _open(self) -> zipfile.ZipFile | tarfile.TarFile:
        if zipfile.is_zipfile(self.path):
            return zipfile.ZipFile(self.path)
        return tarfile.open(self.path)


def open_source(path: Path) -> Files:
    """Open a folder, a zip or a tar archive."""
    if path.is_dir():
        return Folder(path.resolve())
    if not path.exists():
        raise CodegenError(
            f"{path}: no such file or folder; pass the official documents with --from."
        )
    if zipfile.is_zipfile(path) or tarfile.is_tarfile(path):
        return Archive(path)
    raise CodegenError(f"{path}: not a folder, zip or tar archive; pass one with --from.")


def public_path(key: str, root: Path | None = None) -> str:
    """Return the upstream path of a key: from ``specification`` on, wherever the copy is."""
    full = posixpath.normpath(posixpath.join(root.as_posix(), key) if root else key)
    parts = full.split("/")
    if "specification" in parts:
        return "/".join(parts[parts.index("specification") :])
    return posixpath.normpath(key)


@dataclass
class Sources:
    """The documents of one API version and the documents they refer to."""

    files: Files
    own: list[str]
    correct: Callable[[str, dict[str, Any]], None] = lambda _key, _content: None
    decisions: Decisions = field(default_factory=Decisions)
    raw: dict[str, bytes] = field(default_factory=dict)
    parsed: dict[str, dict[str, Any]] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def document(self, key: str) -> dict[str, Any]:
        """Return a parsed document; it is read once."""
        if key not in self.parsed:
            self.raw[key] = self.files.read(key)
            self._keys[self.place(key).document] = key
            content = parse_document(self.raw[key], self.place(key), self.decisions)
            self.correct(key, content)
            self.parsed[key] = content
        return self.parsed[key]

    def place(self, key: str, pointer: str = "") -> Place:
        """Return the place of a key, by its upstream path."""
        root = self.files.root if isinstance(self.files, Folder) else None
        return Place(public_path(key, root), pointer)

    def target(self, reference: str, place: Place) -> Place:
        """Return the target of a ``$ref`` at ``place``, reading its document."""
        if not isinstance(reference, str) or "://" in reference:
            place.refuse(f"reference {reference!r} is not a path inside the source.")
        path, _, pointer = reference.partition("#")
        key = self._keys[place.document]
        if path:
            key = posixpath.normpath(posixpath.join(posixpath.dirname(key), unquote(path)))
        try:
            self.document(key)
        except (FileNotFoundError, IsADirectoryError):
            place.refuse(f"reference {reference!r}: no such file.")
        return self.place(key, unquote(pointer))

    def value(self, target: Place, place: Place) -> Any:
        """Return the value at ``target``; ``place`` is the place of the reference to it."""
        value: Any = self.parsed[self._keys[target.document]]
        for token in pointer_tokens(target.pointer):
            try:
                value = value[int(token)] if isinstance(value, list) else value[token]
            except (KeyError, IndexError, ValueError, TypeError):
                place.refuse(f"reference to {target}: no such value.")
        return value

    def digests(self) -> dict[str, str]:
        """Return the sha256 of every file that was read, by upstream path."""
        return {
            self.place(key).document: hashlib.sha256(raw).hexdigest()
            for key, raw in sorted(self.raw.items(), key=lambda item: self.place(item[0]).document)
        }

    def commit(self) -> str | None:
        """Return the commit when the documents are in a clean git checkout, else None."""
        if not isinstance(self.files, Folder):
            return None
        paths = [str(self.files.root / key) for key in self.raw]
        if _git(self.files.root, "ls-files", "--error-unmatch", "--", *paths) is None:
            return None
        if _git(self.files.root, "status", "--porcelain", "--", *paths):
            return None
        return _git(self.files.root, "rev-parse", "HEAD")


def pointer_tokens(pointer: str) -> list[str]:
    """Return the tokens of a JSON pointer, unescaped."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def parse_document(raw: bytes, place: Place, decisions: Decisions) -> dict[str, Any]:
    """Parse JSON; duplicate keys are reported, because the first value is lost."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found and found[name] != value:
                decisions.note(place, f"duplicate key {name!r}; the last value is used")
            found[name] = value
        return found

    try:
        document = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=unique)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CodegenError(
            f"{place.document}: not valid JSON: {error}; fix the document."
        ) from None
    if not isinstance(document, dict):
        place.refuse("expected an object.")
    return document


def find_version(
    files: Files,
    api_version: str,
    names: tuple[str, ...] = (),
    correct: Callable[[str, dict[str, Any]], None] = lambda _key, _content: None,
) -> Sources:
    """Return the documents of a version, all or those with the given file names.

    Raises:
        CodegenError: no folder or several folders of that version; a named document is
            missing; a file in the folder is not a Swagger 2.0 document.
    """
    folder, keys = _version_folder(files, api_version)
    if missing := set(names) - {posixpath.basename(key) for key in keys}:
        there = ", ".join(posixpath.basename(key) for key in keys)
        raise CodegenError(f"{folder}: no {', '.join(sorted(missing))}; choose from {there}.")
    own = [key for key in keys if not names or posixpath.basename(key) in names]
    sources = Sources(files, own, correct)
    for key in own:
        if str(sources.document(key).get("swagger")) != "2.0":
            raise CodegenError(
                f"{sources.place(key).document}: not a Swagger 2.0 document; "
                "select the documents to read with --documents."
            )
    return sources


def _version_folder(files: Files, api_version: str) -> tuple[str, list[str]]:
    folders: dict[str, list[str]] = {}
    root = files.root if isinstance(files, Folder) else Path()
    for key in files.json_files():
        folder = posixpath.dirname(key)
        if posixpath.basename(folder or root.as_posix()) == api_version:
            folders.setdefault(folder, []).append(key)
    named = {folder: keys for folder, keys in folders.items() if PROVIDER in (root / folder).parts}
    found = named or folders
    if len(found) == 1:
        return next(iter(found.items()))
    if not found:
        raise CodegenError(
            f"no folder {api_version} with documents found; point --from at a copy of "
            f"azure-rest-api-specs or at its {PROVIDER} folder."
        )
    raise CodegenError(
        f"several folders hold {api_version}: {', '.join(sorted(found))}; "
        "point --from at one of them."
    )


def _git(folder: Path, *arguments: str) -> str | None:
    with contextlib.suppress(OSError):
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return done.stdout.strip()
    return None
