"""Generation of ``generated/amlrest_client`` and ``facade/amlrest/_sync``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from codegen_steps.atomic_replace import write_file
from codegen_steps.emit import unasync
from codegen_steps.emit.client_package import emit
from codegen_steps.emit.lower import lower
from codegen_steps.emit.lower_versions import version_tables
from codegen_steps.pinned_document import pinned_versions, read_pinned
from codegen_steps.problems import progress
from codegen_steps.provenance import (
    current_toml,
    folder_digest,
    generator_version,
    read_provenance,
    read_shapes,
)

if TYPE_CHECKING:
    from pathlib import Path

    from codegen_steps.layout import Layout


def generate(layout: Layout, api_version: str) -> None:
    """Generate all derived files and make ``api_version`` the current version.

    The old files stay in place until the new ones are complete.
    """
    provenance = read_provenance(layout.version(api_version) / "source.toml")
    progress(f"Generating generated/amlrest_client from spec/{api_version}")
    emit_client(layout, api_version, layout.client)
    if layout.facade.exists():
        progress(f"Generating {unasync.TARGET} from {unasync.SOURCE}")
        unasync.derive(layout.root)
    written = dataclasses.replace(
        provenance, generator=generator_version(), templates=folder_digest(layout.templates)
    )
    write_file(layout.version(api_version) / "source.toml", written.to_toml())
    write_file(layout.spec / "current.toml", current_toml(api_version))


def emit_client(layout: Layout, api_version: str, folder: Path) -> None:
    """Generate the client of a version, with the operations of every pinned version."""
    document = read_pinned(layout, api_version)
    others = [read_pinned(layout, one) for one in pinned_versions(layout) if one != api_version]
    versions = version_tables(document, others, read_shapes(layout.spec))
    emit(lower(document), document, folder, versions)
