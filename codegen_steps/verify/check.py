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
from codegen_steps.pinned_document import pinned_versions, read_pinned
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
from codegen_steps.verify.places import Places, find_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from codegen_steps.layout import Layout
    from codegen_steps.pin.sources import Sources


@dataclass
class Report:
    """Result of a check; it has passed when there are no problems.

    Attributes:
        problems: what is wrong, one line each.
        fidelity: comparison with the official documents, by version.
        inventory: content of the generated client.
        places: where the facade's attributes stand, by version; empty without a facade.
    """

    problems: list[str] = field(default_factory=list)
    fidelity: dict[str, Fidelity] = field(default_factory=dict)
    inventory: Inventory = field(default_factory=Inventory)
    places: dict[str, Places] = field(default_factory=dict)


def check(
    layout: Layout, api_version: str, source: Path | None = None, compared: Iterable[str] = ()
) -> Report:
    """Check the client and every pinned version.

    Args:
        layout: the repository.
        api_version: version of the generated client.
        source: official documents; when given, pinned documents are compared with them.
        compared: versions to compare with `source`; every pinned one by default.
    """
    report = Report()
    versions = pinned_versions(layout)
    recorded = {one: read_provenance(layout.version(one) / "source.toml") for one in versions}
    for version, provenance in recorded.items():
        report.problems += _changed_files(layout.version(version), provenance)
    report.problems += _changed_generator(layout, recorded[api_version])
    _check_client(layout, api_version, report)
    if layout.facade.exists():
        progress(f"Comparing {unasync.TARGET} with its source")
        report.problems += unasync.check(layout.root)
        progress("Looking for every attribute of the facade in the request schemas")
        documents = [layout.version(one) / "openapi.json" for one in versions]
        report.places = find_places(layout, documents, layout.client)
        report.problems += without_place(report.places)
    if source is not None:
        for version in compared or versions:
            _against_sources(layout, recorded[version], source, report)
    return report


def without_place(places: Mapping[str, Places]) -> list[str]:
    """Return a line for each attribute without a place."""
    return [
        f"{version}: {line}; give the attribute its place in facade/amlrest/dialects, or declare "
        "that this version does not have it"
        for version, found in places.items()
        for line in found.missing
    ]


def _check_client(layout: Layout, api_version: str, report: Report) -> None:
    progress("Comparing generated/amlrest_client with a fresh copy")
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / layout.client.name
        emit_client(layout, api_version, fresh)
        drift = differences(fresh, layout.client)
    report.problems += [f"generated/amlrest_client/{line}" for line in drift]
    progress("Importing every module of generated/amlrest_client")
    report.inventory = take_inventory(layout.client)
    report.problems += uncovered(read_pinned(layout, api_version), report.inventory)


def _changed_files(folder: Path, recorded: Provenance) -> list[str]:
    found = {
        "openapi.json": (recorded.openapi, digest(folder / "openapi.json")),
        "patches.toml": (recorded.patches, digest(folder / "patches.toml")),
    }
    return _changed(recorded, found, "pin")


def _changed_generator(layout: Layout, recorded: Provenance) -> list[str]:
    found = {
        "templates": (recorded.templates, folder_digest(layout.templates)),
        "the generator": (recorded.generator, generator_version()),
    }
    return _changed(recorded, found, "generate")


def _changed(recorded: Provenance, found: dict[str, tuple[str, str]], step: str) -> list[str]:
    return [
        f"spec/{recorded.api_version}/source.toml: {name} is {now[:12]}, recorded is {then[:12]}; "
        f"run `python codegen.py {step}`"
        for name, (then, now) in found.items()
        if then != now
    ]


def _against_sources(layout: Layout, recorded: Provenance, source: Path, report: Report) -> None:
    version, folder = recorded.api_version, layout.version(recorded.api_version)
    patches = folder / "patches.toml"
    pinned = convert(Selection(source, version, tuple(recorded.documents)), patches)
    digests = pinned.sources.digests()
    report.problems += [
        f"{path}: is not the file that was pinned; run `python codegen.py pin`"
        for path in sorted(digests.keys() | recorded.files.keys())
        if digests.get(path) != recorded.files.get(path)
    ]
    on_disk = (folder / "openapi.json").read_text(encoding="utf-8")
    if document_text(pinned.document) != on_disk:
        report.problems.append(f"spec/{version}/openapi.json: differs from a fresh one")
    progress(f"Comparing spec/{version} with the official documents")
    with tempfile.TemporaryDirectory() as temporary:
        files = _unpacked(pinned.sources, Path(temporary))
        report.fidelity[version] = compare(files, json.loads(on_disk), read_patches(patches))
    report.problems += report.fidelity[version].problems


def _unpacked(sources: Sources, folder: Path) -> list[Path]:
    """Write the documents as read, so that a second reader can follow their references."""
    # References may lead to documents above the given folder; this many levels contain them.
    root = folder.joinpath(*["_"] * 24).resolve()
    for key, content in sources.parsed.items():
        path = Path(root / key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return [(root / key).resolve() for key in sources.own]
