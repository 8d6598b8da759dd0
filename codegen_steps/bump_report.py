"""Short report of a bump: attributes with and without a place in the new version, and what is new."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from codegen_steps.diff.change import Change
    from codegen_steps.verify.places import Places


def attributes(places: Mapping[str, Places], new: str) -> Iterator[str]:
    """Yield where the facade's attributes stand in a version, and what is new beside them."""
    if new not in places:
        return
    found = places[new]
    others = [one for version, one in places.items() if version != new]
    yield (
        f"attributes: {len(found.placed)} placed, {len(found.absent)} not in this version, "
        f"{len(found.missing)} without either"
    )
    yield from _listed("without a place", found.missing)
    yield from _listed("refused by the facade, although the document has them", found.refused)
    known = {line for one in others for line in one.unnamed}
    yield from _listed(
        "new fields without an attribute", list(by_class(sorted(set(found.unnamed) - known)))
    )
    yield from _listed("new words", list(_new_words(found, others)))


def by_class(lines: list[str]) -> Iterator[str]:
    """Yield lines such as ``Model: stage`` with the fields of each class together.

    Classes with the same fields are in one line.
    """
    fields: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        name, _, path = line.partition(": ")
        fields[name].append(path)
    classes: dict[str, list[str]] = defaultdict(list)
    for name, paths in fields.items():
        classes[", ".join(paths)].append(name)
    yield from (f"{', '.join(names)}: {paths}" for paths, names in classes.items())


def operations(calls: Mapping[str, set[str]], known: set[str]) -> Iterator[str]:
    """Yield the operations that facade methods name and a version does not have.

    Args:
        calls: operation ids by method.
        known: operation ids of the version.
    """
    absent: dict[str, list[str]] = defaultdict(list)
    for method, names in calls.items():
        for name in names - known:
            absent[name].append(method)
    lines = [f"{name} ({', '.join(sorted(methods))})" for name, methods in sorted(absent.items())]
    yield from _listed("operations that the facade names and this version does not have", lines)


def parameters(changes: list[Change]) -> Iterator[str]:
    """Yield the parameter changes that affect the facade, each once for all its operations."""
    groups: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        if change.kind == "parameter" and change.methods:
            detail = f" ({change.detail})" if change.detail else ""
            groups[f"{change.path} {change.action}{detail}"].append(change.subject)
    lines = [
        f"{what}: {subjects[0] if len(subjects) == 1 else f'{len(subjects)} operations'}"
        for what, subjects in groups.items()
    ]
    yield from _listed("parameters of operations that the facade calls", lines)


def _new_words(found: Places, others: list[Places]) -> Iterator[str]:
    for label, words in found.words.items():
        known = [one.words[label] for one in others if label in one.words]
        before = {word.lower() for words_before in known for word in words_before}
        new = [word for word in words if known and word.lower() not in before]
        if new:
            yield f"{label}: {', '.join(new)}"


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines)
