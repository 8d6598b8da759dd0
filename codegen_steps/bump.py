"""Bump: move the repository to another API version, atomically."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from codegen_steps import bump_report
from codegen_steps.atomic_replace import replaced, write_file
from codegen_steps.diff.document_diff import diff
from codegen_steps.diff.facade_usage import usage
from codegen_steps.emit.generate import generate
from codegen_steps.layout import Layout
from codegen_steps.pin.convert import Pinned, Selection, convert, pin
from codegen_steps.pin.patches import Patch, UnneededPatchError, as_toml, read_patches
from codegen_steps.pinned_document import operations, pinned_versions, read_pinned
from codegen_steps.problems import CodegenError, progress
from codegen_steps.provenance import current_toml, current_version
from codegen_steps.verify.check import Report, check, without_place
from codegen_steps.verify.places import Places, find_places
from codegen_steps.verify.unflagged_secrets import unflagged_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codegen_steps.diff.change import Change

# The library names versions where their shapes differ; the current one is in none of its files.
SKIPPED = {"facade", "generated", "spec", "node_modules", "tests", "__pycache__", "CHANGELOG.md"}
TEXTS = {".py", ".md", ".toml", ".yml", ".yaml", ".sh", ""}


@dataclass(frozen=True)
class Bump:
    """Result of a bump.

    Attributes:
        old: previous version.
        places: where the facade's attributes stand, by version; empty without a facade.
        calls: operation ids that the facade names, by method.
        carried: patches carried over from the previous version.
        dropped: patches that no longer apply, with the reason.
        suspects: fields with a secret's name but without ``x-ms-secret``.
        mentions: files that still name the previous version.
    """

    old: str
    new: str
    pinned: Pinned
    report: Report
    places: dict[str, Places]
    calls: dict[str, set[str]]
    changes: list[Change]
    carried: list[Patch]
    dropped: list[str]
    suspects: list[str]
    mentions: list[str]


def bump(layout: Layout, selection: Selection) -> Bump:
    """Pin, generate, check and diff in a temporary copy, then install the result.

    Raises:
        CodegenError: a step fails or the check finds a problem; the repository is unchanged.
    """
    old = current_version(layout.spec)
    with tempfile.TemporaryDirectory() as folder:
        stage = _staged(layout, Path(folder))
        carried, dropped = _patches(layout, stage, old, selection)
        pinned = pin(stage, selection)
        generate(stage, selection.api_version)
        report = check(stage, selection.api_version, selection.source, [selection.api_version])
        if report.problems:
            problems = "\n".join(report.problems)
            raise CodegenError(f"the check found problems; nothing was changed:\n{problems}")
        places = _places(layout, stage)
        progress(f"Comparing {selection.api_version} with {old}")
        changes = compare(layout, read_pinned(layout, old), pinned.document)
        progress("Installing the new version")
        _install(stage, layout, selection.api_version)
    return Bump(
        old,
        selection.api_version,
        pinned,
        report,
        places,
        usage(layout.facade).methods,
        changes,
        carried,
        dropped,
        unflagged_secrets(pinned.document),
        mentions(layout.root, old),
    )


def compare(layout: Layout, old: dict[str, object], new: dict[str, object]) -> list[Change]:
    """Return the changes between two pinned documents, with the facade methods affected."""
    return diff(old, new, usage(layout.facade).affected)


def left_to_do(done: Bump) -> list[str]:
    """Return the manual steps that remain, most important first."""
    lines = [f"review the dropped patch: {line}" for line in done.dropped]
    lines += [
        f"{line} looks like a secret: add a patch that sets x-ms-secret, or leave it"
        for line in done.suspects
    ]
    lines += without_place({v: one for v, one in done.places.items() if v == done.new})
    if done.mentions:
        lines.append(f"review where {done.old} is named: {', '.join(done.mentions)}")
    return [
        *lines,
        "run make check and make test",
    ]


def mentions(root: Path, api_version: str) -> list[str]:
    """Return the files outside generated folders and tests that name a version."""
    found = []
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or SKIPPED & set(inside.parts) or path.suffix not in TEXTS or not path.is_file():
            continue
        if api_version in path.read_text(encoding="utf-8", errors="ignore"):
            found.append(inside.as_posix())
    return found


def summary(done: Bump) -> Iterator[str]:
    """Yield the short report: what works in the new version, and what is new in it."""
    names = {str(one["operationId"]) for _, _, one in operations(done.pinned.document)}
    yield from bump_report.attributes(done.places, done.new)
    yield from bump_report.operations(done.calls, names)
    yield from bump_report.parameters(done.changes)


def _staged(layout: Layout, folder: Path) -> Layout:
    stage = Layout(folder)
    shutil.copytree(layout.templates, stage.templates)
    shutil.copytree(layout.spec, stage.spec)
    return stage


def _places(layout: Layout, stage: Layout) -> dict[str, Places]:
    """Return the places of the facade's attributes in every version, the new one included."""
    if not layout.facade.exists():
        return {}
    progress("Looking for every attribute of the facade in the request schemas")
    documents = [stage.version(one) / "openapi.json" for one in pinned_versions(stage)]
    return find_places(layout, documents, stage.client)


def _patches(
    layout: Layout, stage: Layout, old: str, selection: Selection
) -> tuple[list[Patch], list[str]]:
    """Stage the patches of the new version, or those of the old version that still apply."""
    target = stage.version(selection.api_version) / "patches.toml"
    target.parent.mkdir(parents=True, exist_ok=True)
    own = layout.version(selection.api_version) / "patches.toml"
    if own.exists():
        shutil.copy(own, target)
        return [], []
    progress(f"Applying the patches of {old}")
    document = convert(selection, target).document
    carried, dropped = [], []
    for patch in read_patches(layout.version(old) / "patches.toml"):
        try:
            if patch.document is not None:
                patch.refuse("it is for a source document of the old version")
            patch.apply(document)
        except UnneededPatchError:
            continue  # fixed upstream
        except CodegenError as error:
            dropped.append(str(error))
        else:
            carried.append(patch)
    if carried:
        write_file(target, as_toml(carried))
    return carried, dropped


def _install(stage: Layout, layout: Layout, api_version: str) -> None:
    # The client comes last: until it is replaced, the other files have no effect.
    spec = stage.version(api_version), layout.version(api_version)
    for source, target in (spec, (stage.client, layout.client)):
        with replaced(target) as folder:
            shutil.copytree(source, folder, dirs_exist_ok=True)
    write_file(layout.spec / "current.toml", current_toml(api_version))
