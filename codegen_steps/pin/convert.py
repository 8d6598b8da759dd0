"""Conversion of official documents to ``spec/<version>``."""

from __future__ import annotations

import hashlib
import json
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codegen_steps.atomic_replace import replaced, write_file
from codegen_steps.pin.invalid_defaults import fix_defaults
from codegen_steps.pin.patches import SourceCorrections, read_patches
from codegen_steps.pin.sources import Sources, find_version, open_source
from codegen_steps.pin.to_openapi import to_openapi
from codegen_steps.problems import CodegenError, progress
from codegen_steps.provenance import (
    Provenance,
    current_toml,
    folder_digest,
    generator_version,
    read_provenance,
)

if TYPE_CHECKING:
    from pathlib import Path

    from codegen_steps.layout import Layout


@dataclass(frozen=True)
class Pinned:
    """A converted version, not yet written."""

    document: dict[str, Any]
    sources: Sources
    patches: str

    @property
    def decisions(self) -> list[str]:
        """Choices that the documents leave open."""
        return self.sources.decisions.lines


@dataclass(frozen=True)
class Selection:
    """Selection of official documents.

    Attributes:
        source: git checkout, folder or archive that holds the documents.
        api_version: version to read.
        documents: names of the files to read; all files of the version when empty.
        commit: commit of the documents, where the source is not a git checkout.
    """

    source: Path
    api_version: str
    documents: tuple[str, ...] = ()
    commit: str | None = None


def convert(selection: Selection, patches: Path) -> Pinned:
    """Read, patch and convert one version without writing anything.

    Raises:
        CodegenError: the version is missing or cannot be converted.
    """
    progress(f"Reading {selection.api_version} from {selection.source}")
    corrections = read_patches(patches)
    of_sources = SourceCorrections(corrections)
    sources = find_version(
        open_source(selection.source), selection.api_version, selection.documents, of_sources
    )
    progress(f"Converting {len(sources.own)} documents to OpenAPI")
    document = to_openapi(sources, selection.api_version)
    of_sources.refuse_unused()
    fix_defaults(document, sources.decisions)
    for patch in corrections:
        if patch.document is None:
            patch.apply(document)
    progress("Validating the OpenAPI document")
    refuse_invalid(document)
    text = patches.read_text(encoding="utf-8") if patches.exists() else ""
    return Pinned(document, sources, text)


def pin(layout: Layout, selection: Selection) -> Pinned:
    """Write ``spec/<api_version>`` atomically; its ``patches.toml`` is kept.

    Raises:
        CodegenError: the version is missing or cannot be converted.
    """
    target = layout.version(selection.api_version)
    pinned = convert(selection, target / "patches.toml")
    text = document_text(pinned.document)
    provenance = _provenance(pinned, selection, text, layout)
    progress(f"Writing spec/{selection.api_version}")
    with replaced(target) as folder:
        write_file(folder / "openapi.json", text)
        write_file(folder / "source.toml", provenance.to_toml())
        if pinned.patches:
            write_file(folder / "patches.toml", pinned.patches)
    if not (layout.spec / "current.toml").exists():
        write_file(layout.spec / "current.toml", current_toml(selection.api_version))
    return pinned


def document_text(document: dict[str, Any]) -> str:
    """Return the text of ``openapi.json``."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def refuse_invalid(document: dict[str, Any]) -> None:
    """Raise CodegenError unless the document is valid OpenAPI."""
    from openapi_spec_validator import OpenAPIV30SpecValidator

    for error in OpenAPIV30SpecValidator(document).iter_errors():
        pointer = "/".join(str(step) for step in error.absolute_path)
        raise CodegenError(
            f"the converted document is not valid OpenAPI at #/{pointer}: {error.message[:300]}; "
            "add a patch to spec/<version>/patches.toml."
        )


def _provenance(pinned: Pinned, selection: Selection, text: str, layout: Layout) -> Provenance:
    own = [pinned.sources.place(key).document for key in pinned.sources.own]
    files = pinned.sources.digests()
    recorded = _recorded_commit(layout.version(selection.api_version) / "source.toml", files)
    return Provenance(
        api_version=selection.api_version,
        folder=posixpath.dirname(own[0]),
        commit=selection.commit or pinned.sources.commit() or recorded,
        files=files,
        documents=sorted(posixpath.basename(path) for path in own),
        openapi=hashlib.sha256(text.encode()).hexdigest(),
        patches=hashlib.sha256(pinned.patches.encode()).hexdigest(),
        generator=generator_version(),
        templates=folder_digest(layout.templates),
        decisions=pinned.decisions,
    )


def _recorded_commit(path: Path, files: dict[str, str]) -> str | None:
    """Return the commit that is recorded for the same files."""
    if not path.exists():
        return None
    before = read_provenance(path)
    return before.commit if before.files == files else None
