"""Generation of ``generated/amlrest_client`` and ``facade/amlrest/_sync``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from codegen_steps.atomic_replace import write_file
from codegen_steps.emit import unasync
from codegen_steps.emit.client_package import emit
from codegen_steps.emit.lower import lower
from codegen_steps.pinned_document import read_pinned
from codegen_steps.problems import progress
from codegen_steps.provenance import current_toml, folder_digest, generator_version, read_provenance

if TYPE_CHECKING:
    from pathlib import Path

    from codegen_steps.layout import Layout


def generate(layout: Layout, api_version: str) -> None:
    """Generate all derived files and make ``api_version`` the current version.

    The old files stay in place until the new ones are complete.
    """
    document = read_pinned(layout, api_version)
    provenance = read_provenance(layout.version(api_version) / "source.toml")
    progress(f"Generating generated/amlrest_client from spec/{api_version}")
    emit(lower(document), document, layout.client)
    if layout.facade.exists():
        progress(f"Generating {unasync.TARGET} from {unasync.SOURCE}")
        unasync.derive(layout.root)
    written = dataclasses.replace(
        provenance, generator=generator_version(), templates=folder_digest(layout.templates)
    )
    write_file(layout.version(api_version) / "source.toml", written.to_toml())
    write_file(layout.spec / "current.toml", current_toml(api_version))


def generated_afresh(document: dict[str, Any], into: Path) -> Path:
    """Generate the client of ``document`` below an empty folder and return its path."""
    folder = into / "amlrest_client"
    emit(lower(document), document, folder)
    return folder
