"""Comparison of two pinned documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from codegen_steps.diff.change import Change
from codegen_steps.diff.reachability import Reachability
from codegen_steps.diff.schema_diff import SchemaDiff
from codegen_steps.pinned_document import Json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def diff(
    old: Json, new: Json, affected: Callable[[Change, Reachability, Reachability], tuple[str, ...]]
) -> list[Change]:
    """Return all changes, sorted by kind and subject.

    Args:
        old: pinned document of the old version.
        new: pinned document of the new version.
        affected: returns the facade methods that a change affects.
    """
    before, after = Reachability(old), Reachability(new)
    found = {*_operations(old, new, before, after), *_definitions(old, new, before, after)}
    return [replace(change, methods=affected(change, before, after)) for change in sorted(found)]


def _operations(
    old: Json, new: Json, before: Reachability, after: Reachability
) -> Iterator[Change]:
    schemas = SchemaDiff(old, new)
    for name in sorted(before.operations.keys() | after.operations.keys()):
        if name not in after.operations:
            yield Change("operation", name, "", "removed", "", True, True)
        elif name not in before.operations:
            yield Change("operation", name, "", "added")
        else:
            yield from _operation(name, before, after, schemas)


def _operation(
    name: str, before: Reachability, after: Reachability, schemas: SchemaDiff
) -> Iterator[Change]:
    old, new = before.operations[name], after.operations[name]
    for what in ("method", "path"):
        if getattr(old, what) != getattr(new, what):
            detail = f"{what} {getattr(old, what)} → {getattr(new, what)}"
            yield Change("operation", name, "", "changed", detail, False, True)
    for key, word in (("x-ms-long-running-operation", "long-running"), ("x-ms-pageable", "paged")):
        if bool(old.facts.get(key)) != bool(new.facts.get(key)):
            detail = f"now {word}" if new.facts.get(key) else f"no longer {word}"
            yield Change("operation", name, "", "changed", detail, True, False)
    yield from _options(name, old.facts, new.facts)
    yield from _parameters(name, old.parameters, new.parameters, schemas)
    yield from _body(name, old.facts.get("requestBody"), new.facts.get("requestBody"), schemas)
    yield from _responses(name, old.facts["responses"], new.facts["responses"], schemas)


def _options(name: str, old: Json, new: Json) -> Iterator[Change]:
    for key in ("x-ms-pageable", "x-ms-long-running-operation-options"):
        if old.get(key) and new.get(key) and old[key] != new[key]:
            yield Change("operation", name, "", "changed", f"{key} {old[key]} → {new[key]}", True)


def _parameters(
    name: str, old: dict[str, Json], new: dict[str, Json], schemas: SchemaDiff
) -> Iterator[Change]:
    for key in sorted(old.keys() | new.keys()):
        if key not in new:
            yield Change("parameter", name, key, "removed", "", False, True)
        elif key not in old:
            needed = bool(new[key].get("required"))
            detail = "required" if needed else ""
            yield Change("parameter", name, key, "added", detail, False, needed)
        else:
            yield from _parameter(name, key, old[key], new[key], schemas)


def _parameter(name: str, key: str, old: Json, new: Json, schemas: SchemaDiff) -> Iterator[Change]:
    if bool(old.get("required")) != bool(new.get("required")):
        needed = bool(new.get("required"))
        detail = "now required" if needed else "no longer required"
        yield Change("parameter", name, key, "changed", detail, False, needed)
    styles = [f"{one.get('style')}, explode {one.get('explode')}" for one in (old, new)]
    if styles[0] != styles[1]:
        yield Change("parameter", name, key, "changed", " → ".join(styles), False, True)
    for change in schemas.compare(name, key, old["schema"], new["schema"]):
        kind = "parameter" if change.kind == "field" else change.kind
        yield replace(change, kind=kind).within(sent=True, received=False)


def _body(name: str, old: Json | None, new: Json | None, schemas: SchemaDiff) -> Iterator[Change]:
    if old is None or new is None:
        if old is not new:
            action = "removed" if new is None else "added"
            needed = new is None or bool(new.get("required"))
            yield Change("body", name, "", action, "", False, needed)
        return
    if not old.get("required") and new.get("required"):
        yield Change("body", name, "", "changed", "now required", False, True)
    yield from _content(("body", name, ""), old, new, schemas)


def _responses(name: str, old: Json, new: Json, schemas: SchemaDiff) -> Iterator[Change]:
    for status in sorted(old.keys() | new.keys()):
        if status not in new:
            yield Change("response", name, status, "removed")
        elif status not in old:
            # A reader written for the old statuses does not expect a new success status.
            yield Change("response", name, status, "added", "", status.startswith("2"))
        else:
            yield from _content(("response", name, status), old[status], new[status], schemas)


def _content(
    where: tuple[str, str, str], old: Json, new: Json, schemas: SchemaDiff
) -> Iterator[Change]:
    kind, name, path = where
    before, after = old.get("content", {}), new.get("content", {})
    sent = kind == "body"
    if bool(before) != bool(after):
        detail = "now has content" if after else "is now empty"
        yield Change(kind, name, path, "changed", detail, not sent, sent)
    for media in sorted(before.keys() & after.keys()):
        pair = before[media]["schema"], after[media]["schema"]
        names = schemas.old.name(pair[0]), schemas.new.name(pair[1])
        if names[0] != names[1]:
            yield Change(kind, name, path, "changed", f"{names[0]} → {names[1]}")
        for change in schemas.compare(name, path, *pair):
            yield replace(change, kind=kind).within(sent=sent, received=not sent)


def _definitions(
    old: Json, new: Json, before: Reachability, after: Reachability
) -> Iterator[Change]:
    schemas = SchemaDiff(old, new)
    common = before.definitions & after.definitions
    inside = {name: set(schemas.definition(name)) for name in common}
    for name in sorted(before.definitions | after.definitions):
        sent, received = name in before.sent, name in before.received
        if name not in after.definitions:
            change = Change("definition", name, "", "removed", "", True, True)
            yield change.within(sent=sent, received=received)
        elif name not in before.definitions:
            yield Change("definition", name, "", "added")
        else:
            inherited = {
                replace(one, subject=name) for up in after.bases(name) for one in inside.get(up, ())
            }
            for change in inside[name] - inherited:
                yield change.within(sent=sent, received=received)


def summary(changes: list[Change]) -> dict[str, Any]:
    """Count the changes by kind and action, and those that break readers or writers."""
    counts: dict[str, int] = {}
    for change in changes:
        key = f"{change.kind} {change.action}"
        counts[key] = counts.get(key, 0) + 1
    return {
        "changes": counts,
        "breaking_for_readers": sum(change.breaks_readers for change in changes),
        "breaking_for_writers": sum(change.breaks_writers for change in changes),
        "facade_methods": sorted({method for change in changes for method in change.methods}),
    }
