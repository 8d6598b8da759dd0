"""Fidelity: compare a pinned document with the official documents it was made from."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from codegen_steps.verify.openapi_facts import PinnedReader
from codegen_steps.verify.swagger_facts import SwaggerReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from codegen_steps.pin.patches import Patch
    from codegen_steps.verify.facts import Fact, Facts

STEP = re.compile(r"/(properties)/([^/]+)|/(items)(?=/)|/(additionalProperties)(?=/)|/allOf/\d+")


@dataclass
class Fidelity:
    """Result of a comparison."""

    operations: int = 0
    definitions: int = 0
    facts: int = 0
    problems: list[str] = field(default_factory=list)


def compare(documents: list[Path], pinned: dict[str, Any], patches: list[Patch]) -> Fidelity:
    """Compare the facts of the official documents with those of the pinned document.

    Args:
        documents: the version's own documents, unpacked.
        pinned: the pinned document.
        patches: patches of the pinned document; what they change may differ.
    """
    source, target = SwaggerReader(documents), PinnedReader(pinned)
    found = Fidelity()
    corrected = {_patched(patch) for patch in patches if patch.document is None}
    _definitions(source, target, corrected, found)
    _operations(source, target, found)
    found.problems += _missing_values(source, target)
    return found


def _definitions(
    source: SwaggerReader,
    target: PinnedReader,
    corrected: set[tuple[str, str, str]],
    found: Fidelity,
) -> None:
    pinned: dict[str, list[tuple[Facts, Facts]]] = defaultdict(list)
    for name, facts, pins in target.definitions():
        pinned[name].append((facts, pins))
    for name, facts in source.definitions():
        found.definitions += 1
        found.facts += len(facts)
        candidates = [_difference(facts, *entry, name, corrected) for entry in pinned[name]]
        best = min(candidates, key=len, default=["is missing"])
        found.problems += [f"definition {name}: {line}" for line in best]


def _difference(
    facts: Facts, pinned: Facts, pins: Facts, name: str, corrected: set[tuple[str, str, str]]
) -> list[str]:
    missing = {
        one for one in facts - pinned if one.keyword != "default" or not _default_fixed(one, pinned)
    }
    added = {one for one in pinned - facts - pins if one.keyword not in {"x-default", "default"}}
    missing, added = (
        {one for one in some if (name, one.path, one.keyword) not in corrected}
        for some in (missing, added)
    )
    return [f"lost {one}" for one in sorted(missing)] + [f"added {one}" for one in sorted(added)]


def _default_fixed(one: Fact, pinned: Facts) -> bool:
    """Return whether an invalid default is pinned in another form."""
    return any(
        other.path == one.path and other.keyword in {"x-default", "default"} for other in pinned
    )


def _operations(source: SwaggerReader, target: PinnedReader, found: Fidelity) -> None:
    pinned = dict(target.operations())
    stated = dict(source.operations())
    for subject, facts in stated.items():
        found.operations += 1
        found.facts += len(facts)
        if subject not in pinned:
            found.problems.append(f"operation {subject}: is missing")
            continue
        found.problems += [f"operation {subject}: lost {one}" for one in facts - pinned[subject]]
        made = {one for one in pinned[subject] - facts if one.keyword != "operationId"}
        found.problems += [f"operation {subject}: added {one}" for one in sorted(made)]
    found.problems += [f"operation {subject}: added" for subject in pinned.keys() - stated.keys()]


def _missing_values(source: SwaggerReader, target: PinnedReader) -> Iterator[str]:
    for base, value, subtype in source.values():
        if value not in target.mapping(base) and target.mapping(base):
            yield f"definition {base}: has no subtype for {value!r} ({subtype})"


def _patched(patch: Patch) -> tuple[str, str, str]:
    """Return definition, path and keyword that a patch changes."""
    name, _, rest = patch.pointer.removeprefix("/components/schemas/").partition("/")
    pointer, keyword = posixpath.split("/" + rest)

    def step(match: re.Match[str]) -> str:
        if match[1]:
            return "." + match[2]
        return "[]" if match[3] else "{}" if match[4] else ""

    return name, STEP.sub(step, pointer), keyword
