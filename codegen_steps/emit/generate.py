"""The pinned document in, ``generated/amlrest_client`` and ``facade/amlrest/_sync`` out."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from codegen_steps.atomic_replace import write_file
from codegen_steps.emit import unasync
from codegen_steps.emit.emit import emit
from codegen_steps.emit.lower import lower
from codegen_steps.problems import CodegenError
from codegen_steps.provenance import current_toml, folder_digest, generator_version, read_provenance

if TYPE_CHECKING:
    from pathlib import Path

    from codegen_steps.layout import Layout


def read_pinned(layout: Layout, api_version: str) -> dict[str, Any]:
    """The pinned document of a version.

    Raises:
        CodegenError: it is not there or not JSON.
    """
    path = layout.version(api_version) / "openapi.json"
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CodegenError(f"{path}: not there; pin {api_version} first.") from None
    except json.JSONDecodeError as error:
        raise CodegenError(f"{path}: not JSON: {error}; pin {api_version} again.") from None
    return document


def generate(layout: Layout, api_version: str) -> None:
    """Rebuild everything derived, and make ``api_version`` the current one.

    The old tree stays until the new one is complete.
    """
    document = read_pinned(layout, api_version)
    provenance = read_provenance(layout.version(api_version) / "source.toml")
    emit(lower(document), document, layout.client)
    if layout.facade.exists():
        unasync.derive(layout.root)
    written = dataclasses.replace(
        provenance, generator=generator_version(), templates=folder_digest(layout.templates)
    )
    write_file(layout.version(api_version) / "source.toml", written.to_toml())
    write_file(layout.spec / "current.toml", current_toml(api_version))


def generated_afresh(document: dict[str, Any], into: Path) -> Path:
    """The client of ``document`` below the empty folder ``into``."""
    folder = into / "amlrest_client"
    emit(lower(document), document, folder)
    return folder
