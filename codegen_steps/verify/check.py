"""Check that derived files match their sources and that no fact is lost."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from codegen_steps.atomic_replace import differences
from codegen_steps.emit import unasync
from codegen_steps.emit.generate import emit_client
from codegen_steps.pin.convert import Selection, convert, document_text
from codegen_steps.pin.patches import read_patches
from codegen_steps.pinned_document import read_pinned
from codegen_steps.problems import progress
from codegen_steps.provenance import (
    Provenance,
    digest,
    folder_digest,
    generator_version,
    read_provenance,
)
from codegen_steps.verify.coverage import Inventory, take_inventory, uncovered
from codegen_steps.verify.fidelity import Fidelity, compare

if TYPE_CHECKING:
    from codegen_steps.layout import Layout
    from codegen_steps.pin.sources import Sources


@dataclass
class Report:
    """Result of a check; it has passed when there are no problems."""

    problems: list[str] = field(default_factory=list)
    fidelity: Fidelity | None = None
    inventory: Inventory = field(default_factory=Inventory)


def check(layout: Layout, api_version: str, source: Path | None = None) -> Report:
    """Check one version.

    Args:
        layout: the repository.
        api_version: version of the generated client.
        source: official documents; when given, the pinned document is compared with them.
    """
    report = Report()
    provenance = read_provenance(layout.version(api_version) / "source.toml")
    report.problems += _provenance(layout, api_version, provenance)
    document = read_pinned(layout, api_version)
    progress("Comparing generated/amlrest_client with a fresh copy")
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / layout.client.name
        emit_client(layout, api_version, fresh)
        drift = differences(fresh, layout.client)
    report.problems += [f"generated/amlrest_client/{line}" for line in drift]
    progress("Importing every module of generated/amlrest_client")
    report.inventory = take_inventory(layout.client)
    report.problems += uncovered(document, report.inventory)
    if layout.facade.exists():
        progress(f"Comparing {unasync.TARGET} with its source")
        report.problems += unasync.check(layout.root)
    if source is not None:
        _against_sources(layout, provenance, source, report)
    return report


def _provenance(layout: Layout, api_version: str, recorded: Provenance) -> list[str]:
    folder = layout.version(api_version)
    found = {
        "openapi.json": (recorded.openapi, digest(folder / "openapi.json"), "pin"),
        "patches.toml": (recorded.patches, digest(folder / "patches.toml"), "pin"),
        "templates": (recorded.templates, folder_digest(layout.templates), "generate"),
        "the generator": (recorded.generator, generator_version(), "generate"),
    }
    return [
        f"spec/{api_version}/source.toml: {name} is {now[:12]}, recorded is {then[:12]}; "
        f"run `python codegen.py {step}`"
        for name, (then, now, step) in found.items()
        if then != now
    ]


def _against_sources(layout: Layout, recorded: Provenance, source: Path, report: Report) -> None:
    folder = layout.version(recorded.api_version)
    documents = tuple(recorded.documents)
    patches = folder / "patches.toml"
    pinned = convert(Selection(source, recorded.api_version, documents), patches)
    digests = pinned.sources.digests()
    report.problems += [
        f"{path}: is not the file that was pinned; run `python codegen.py pin`"
        for path in sorted(digests.keys() | recorded.files.keys())
        if digests.get(path) != recorded.files.get(path)
    ]
    on_disk = (folder / "openapi.json").read_text(encoding="utf-8")
    if document_text(pinned.document) != on_disk:
        report.problems.append(
            f"spec/{recorded.api_version}/openapi.json: differs from a fresh one"
        )
    progress("Comparing the pinned document with the official documents")
    with tempfile.TemporaryDirectory() as temporary:
        files = _unpacked(pinned.sources, Path(temporary))
        report.fidelity = compare(files, json.loads(on_disk), read_patches(patches))
    report.problems += report.fidelity.problems


def _unpacked(sources: Sources, folder: Path) -> list[Path]:
    """Write the documents as read, so that a second reader can follow their references."""
    # References may lead to documents above the given folder; this many levels contain them.
    root = folder.joinpath(*["_"] * 24).resolve()
    for key, content in sources.parsed.items():
        path = Path(root / key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return [(root / key).resolve() for key in sources.own]
