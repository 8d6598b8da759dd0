"""Moves the repository to another API version in one go, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from codegen_steps.atomic_replace import replaced, write_file
from codegen_steps.diff.diff import diff
from codegen_steps.diff.facade_usage import usage
from codegen_steps.diff.report import by_noun
from codegen_steps.emit.generate import generate, read_pinned
from codegen_steps.layout import Layout
from codegen_steps.pin.patches import Patch, UnneededPatchError, as_toml, read_patches
from codegen_steps.pin.pin import Pinned, Wanted, convert, pin
from codegen_steps.problems import CodegenError
from codegen_steps.provenance import current_toml, current_version
from codegen_steps.verify.check import Report, check
from codegen_steps.verify.unflagged_secrets import unflagged_secrets

if TYPE_CHECKING:
    from codegen_steps.diff.change import Change

SKIPPED = {"generated", "spec", "node_modules", "tests", "__pycache__"}
TEXTS = {".py", ".md", ".toml", ".yml", ".yaml", ".sh", ""}


@dataclass(frozen=True)
class Bump:
    """What a bump did.

    Attributes:
        old: the version before.
        carried: corrections taken over from the old version.
        dropped: corrections that do not apply any more, with the reason.
        suspects: fields that look like secrets although nothing flags them.
        mentions: files that still name the old version.
    """

    old: str
    new: str
    pinned: Pinned
    report: Report
    changes: list[Change]
    carried: list[Patch]
    dropped: list[str]
    suspects: list[str]
    mentions: list[str]


def bump(layout: Layout, wanted: Wanted) -> Bump:
    """Pin, generate, check and diff in a copy; the result takes the tree's place at the end.

    Raises:
        CodegenError: a step fails, or the check finds a problem; the tree is as it was.
    """
    old = current_version(layout.spec)
    with tempfile.TemporaryDirectory() as folder:
        stage = _staged(layout, Path(folder))
        carried, dropped = _patches(layout, stage, old, wanted)
        pinned = pin(stage, wanted)
        generate(stage, wanted.api_version)
        report = check(stage, wanted.api_version, wanted.source)
        if report.problems:
            raise CodegenError("the check found problems:\n" + "\n".join(report.problems))
        changes = compare(layout, read_pinned(layout, old), pinned.document)
        _install(stage, layout, wanted.api_version)
    return Bump(
        old,
        wanted.api_version,
        pinned,
        report,
        changes,
        carried,
        dropped,
        unflagged_secrets(pinned.document),
        mentions(layout.root, old),
    )


def compare(layout: Layout, old: dict[str, object], new: dict[str, object]) -> list[Change]:
    """The changes between two pinned documents, with the facade's verbs."""
    return diff(old, new, usage(layout.facade).touched)


def left_to_do(done: Bump) -> list[str]:
    """What a maintainer still has to do by hand, most important first."""
    lines = [f"decide on the dropped patch: {line}" for line in done.dropped]
    lines += [f"flag with a patch, or leave: {line} looks like a secret" for line in done.suspects]
    broken = sorted({verb for one in done.changes if one.breaks for verb in one.verbs})
    if broken:
        lines.append("adapt the facade, where breaking changes touch " + by_noun(broken))
    lines += [f"look at {path}, which names {done.old}" for path in done.mentions]
    return [*lines, "run make check and make test", f"remove spec/{done.old} when nobody needs it"]


def mentions(root: Path, api_version: str) -> list[str]:
    """Files outside the derived folders and the tests that name a version."""
    found = []
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or SKIPPED & set(inside.parts) or path.suffix not in TEXTS or not path.is_file():
            continue
        if api_version in path.read_text(encoding="utf-8", errors="ignore"):
            found.append(inside.as_posix())
    return found


def _staged(layout: Layout, folder: Path) -> Layout:
    stage = Layout(folder)
    shutil.copytree(layout.templates, stage.templates)
    return stage


def _patches(
    layout: Layout, stage: Layout, old: str, wanted: Wanted
) -> tuple[list[Patch], list[str]]:
    """Put the new version's patches on the stage: its own, or the old version's that apply."""
    target = stage.version(wanted.api_version) / "patches.toml"
    target.parent.mkdir(parents=True, exist_ok=True)
    own = layout.version(wanted.api_version) / "patches.toml"
    if own.exists():
        shutil.copy(own, target)
        return [], []
    document = convert(wanted, target).document
    carried, dropped = [], []
    for patch in read_patches(layout.version(old) / "patches.toml"):
        try:
            if patch.document is not None:
                patch.refuse("it corrects a source document of the old version")
            patch.apply(document)
        except UnneededPatchError:
            continue  # upstream has mended it
        except CodegenError as error:
            dropped.append(str(error))
        else:
            carried.append(patch)
    if carried:
        write_file(target, as_toml(carried))
    return carried, dropped


def _install(stage: Layout, layout: Layout, api_version: str) -> None:
    # The client goes last: everything before it is of no effect without it.
    with replaced(layout.version(api_version)) as folder:
        shutil.copytree(stage.version(api_version), folder, dirs_exist_ok=True)
    with replaced(layout.client) as folder:
        shutil.copytree(stage.client, folder, dirs_exist_ok=True)
    write_file(layout.spec / "current.toml", current_toml(api_version))
