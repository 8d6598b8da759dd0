"""Provenance of pinned documents (``source.toml``) and the current version (``current.toml``)."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from codegen_steps.problems import CodegenError

if TYPE_CHECKING:
    from pathlib import Path

GENERATOR = "openapi-python-client"


@dataclass(frozen=True)
class Provenance:
    """Content of ``source.toml``.

    Attributes:
        folder: upstream folder of the version.
        commit: upstream commit, when known.
        files: sha256 of each source file by upstream path.
        documents: the version's own documents among ``files``, by file name.
        openapi: sha256 of ``openapi.json``.
        patches: sha256 of ``patches.toml``.
        generator: version of openapi-python-client that generated the client.
        templates: sha256 over the generator's templates.
        decisions: choices made by the pin.
    """

    api_version: str
    folder: str
    commit: str | None
    files: dict[str, str]
    documents: list[str]
    openapi: str
    patches: str
    generator: str
    templates: str
    decisions: list[str] = field(default_factory=list)

    def to_toml(self) -> str:
        """Return the text of the file; it depends on the content only."""
        lines = [
            "# Written by `python codegen.py pin`; do not edit.",
            f"api_version = {toml_text(self.api_version)}",
            f"folder = {toml_text(self.folder)}",
            f"commit = {toml_text(self.commit or '')}",
            f"documents = {_list(self.documents)}",
            f"decisions = {_list(self.decisions)}",
            "",
            "[sha256]",
            f'"openapi.json" = {toml_text(self.openapi)}',
            f'"patches.toml" = {toml_text(self.patches)}',
            f"templates = {toml_text(self.templates)}",
            "",
            "[generator]",
            f"{GENERATOR} = {toml_text(self.generator)}",
            "",
            "[files]",
            *(
                f"{toml_text(path)} = {toml_text(digest)}"
                for path, digest in sorted(self.files.items())
            ),
        ]
        return "\n".join(lines) + "\n"


def read_provenance(path: Path) -> Provenance:
    """Read ``source.toml``.

    Raises:
        CodegenError: the file is missing or incomplete.
    """
    content = _toml(path)
    try:
        return Provenance(
            api_version=content["api_version"],
            folder=content["folder"],
            commit=content["commit"] or None,
            files=content["files"],
            documents=content["documents"],
            openapi=content["sha256"]["openapi.json"],
            patches=content["sha256"]["patches.toml"],
            templates=content["sha256"]["templates"],
            generator=content["generator"][GENERATOR],
            decisions=content["decisions"],
        )
    except KeyError as error:
        raise CodegenError(f"{path}: {error} is missing; pin the version again.") from None


def current_version(spec: Path) -> str:
    """Return the API version that the client, the checks and the local workspace use."""
    version = _toml(spec / "current.toml").get("api_version")
    if not isinstance(version, str):
        raise CodegenError(f"{spec / 'current.toml'}: api_version is missing; add it.")
    return version


def read_shapes(spec: Path) -> list[str]:
    """Return the API versions from which the wire shape is another one; none without the file."""
    path = spec / "shapes.toml"
    if not path.exists():
        return []
    found = _toml(path).get("since")
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise CodegenError(f"{path}: since is missing; list the first API version of each shape.")
    return found


def current_toml(api_version: str) -> str:
    """Return the text of ``current.toml``."""
    return (
        "# The pinned API version that the client, the checks and the local workspace use.\n"
        f"api_version = {toml_text(api_version)}\n"
    )


def generator_version() -> str:
    """Return the installed version of the generator."""
    return importlib.metadata.version(GENERATOR)


def digest(path: Path) -> str:
    """Return the sha256 of a file; that of no bytes when it is absent."""
    return hashlib.sha256(path.read_bytes() if path.exists() else b"").hexdigest()


def folder_digest(folder: Path) -> str:
    """Return the sha256 over the names and contents of all files below a folder."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(f"{path.relative_to(folder).as_posix()}\0{digest(path)}\n".encode())
    return total.hexdigest()


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CodegenError(f"{path}: no such file; pin a version first.") from None
    except tomllib.TOMLDecodeError as error:
        raise CodegenError(f"{path}: not valid TOML: {error}; correct the file.") from None


def toml_text(value: str) -> str:
    """Return a string as TOML."""
    # A JSON string is a TOML basic string, except for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: list[str]) -> str:
    return "[\n" + "".join(f"  {toml_text(value)},\n" for value in values) + "]" if values else "[]"
