"""Official documents in, ``spec/<version>`` out."""

from __future__ import annotations

import hashlib
import json
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codegen_steps.atomic_replace import replaced, write_file
from codegen_steps.pin.defaults import mend_defaults
from codegen_steps.pin.normalise import normalise
from codegen_steps.pin.patches import SourceCorrections, read_patches
from codegen_steps.pin.upstream import Sources, find_version, open_source
from codegen_steps.problems import CodegenError
from codegen_steps.provenance import Provenance, current_toml, folder_digest, generator_version

if TYPE_CHECKING:
    from pathlib import Path

    from codegen_steps.layout import Layout


@dataclass(frozen=True)
class Pinned:
    """A converted version that is not written yet."""

    document: dict[str, Any]
    sources: Sources
    patches: str

    @property
    def decisions(self) -> list[str]:
        """What had to be chosen."""
        return self.sources.decisions.lines


@dataclass(frozen=True)
class Wanted:
    """Which official documents to take.

    Attributes:
        source: checkout, folder or archive with the official documents.
        api_version: the version to take.
        documents: file names, when not all of the version's documents are wanted.
        commit: upstream's commit, where the source is no git checkout.
    """

    source: Path
    api_version: str
    documents: tuple[str, ...] = ()
    commit: str | None = None


def convert(wanted: Wanted, patches: Path) -> Pinned:
    """Read, correct and convert one version; writes nothing.

    Raises:
        CodegenError: the version is not there or cannot be converted.
    """
    corrections = read_patches(patches)
    of_sources = SourceCorrections(corrections)
    sources = find_version(
        open_source(wanted.source), wanted.api_version, wanted.documents, of_sources
    )
    document = normalise(sources, wanted.api_version)
    of_sources.refuse_unused()
    mend_defaults(document, sources.decisions)
    for patch in corrections:
        if patch.document is None:
            patch.apply(document)
    refuse_invalid(document)
    text = patches.read_text(encoding="utf-8") if patches.exists() else ""
    return Pinned(document, sources, text)


def pin(layout: Layout, wanted: Wanted) -> Pinned:
    """Write ``spec/<api_version>`` whole, or nothing; its ``patches.toml`` stays.

    Raises:
        CodegenError: the version is not there or cannot be converted.
    """
    target = layout.version(wanted.api_version)
    pinned = convert(wanted, target / "patches.toml")
    text = document_text(pinned.document)
    provenance = _provenance(pinned, wanted, text, layout)
    with replaced(target) as folder:
        write_file(folder / "openapi.json", text)
        write_file(folder / "source.toml", provenance.to_toml())
        if pinned.patches:
            write_file(folder / "patches.toml", pinned.patches)
    if not (layout.spec / "current.toml").exists():
        write_file(layout.spec / "current.toml", current_toml(wanted.api_version))
    return pinned


def document_text(document: dict[str, Any]) -> str:
    """The bytes of ``openapi.json``, as text."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def refuse_invalid(document: dict[str, Any]) -> None:
    """Stop when the result is not what OpenAPI calls valid."""
    from openapi_spec_validator import OpenAPIV30SpecValidator

    for error in OpenAPIV30SpecValidator(document).iter_errors():
        pointer = "/".join(str(step) for step in error.absolute_path)
        raise CodegenError(
            f"the converted document is not valid OpenAPI at #/{pointer}: {error.message[:300]}; "
            "correct it with a patch in spec/<version>/patches.toml."
        )


def _provenance(pinned: Pinned, wanted: Wanted, text: str, layout: Layout) -> Provenance:
    own = [pinned.sources.place(key).document for key in pinned.sources.own]
    return Provenance(
        api_version=wanted.api_version,
        folder=posixpath.dirname(own[0]),
        commit=wanted.commit or pinned.sources.commit(),
        files=pinned.sources.digests(),
        documents=sorted(posixpath.basename(path) for path in own),
        openapi=hashlib.sha256(text.encode()).hexdigest(),
        patches=hashlib.sha256(pinned.patches.encode()).hexdigest(),
        generator=generator_version(),
        templates=folder_digest(layout.templates),
        decisions=pinned.decisions,
    )
