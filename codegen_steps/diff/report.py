"""Reports of changes as text, Markdown or JSON."""

from __future__ import annotations

import dataclasses
import json
from itertools import groupby
from typing import TYPE_CHECKING

from codegen_steps.diff.document_diff import summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codegen_steps.diff.change import Change


def as_json(old: str, new: str, changes: list[Change]) -> str:
    """Return the changes as JSON."""
    listed = [dataclasses.asdict(change) for change in changes]
    return json.dumps(
        {"old": old, "new": new, "summary": summary(changes), "changes": listed},
        indent=1,
        ensure_ascii=False,
    )


def as_text(old: str, new: str, changes: list[Change]) -> str:
    """Return the changes as text, one line each."""
    lines = [f"{old} → {new}", *_counts(changes)]
    for kind, group in groupby(changes, key=lambda change: change.kind):
        lines += ["", f"{kind.upper()}"]
        lines += [f"  {_sign(change)} {_sentence(change)}" for change in group]
    return "\n".join(lines)


def as_markdown(old: str, new: str, changes: list[Change]) -> str:
    """Return the changes as Markdown, a table for each kind."""
    lines = [f"# {old} → {new}", "", *(f"- {line}" for line in _counts(changes))]
    for kind, group in groupby(changes, key=lambda change: change.kind):
        lines += ["", f"## {kind.capitalize()}", ""]
        lines += ["| | what | detail | breaks | facade |", "|---|---|---|---|---|"]
        lines += [_row(change) for change in group]
    return "\n".join(lines)


def by_class(methods: Iterable[str]) -> str:
    """Return methods grouped by class, such as ``Codes.create/get, Jobs.submit``."""
    groups = groupby(sorted(methods), key=lambda method: method.partition(".")[0])
    named = ((name, [method.partition(".")[2] for method in group]) for name, group in groups)
    return ", ".join(f"{name}.{'/'.join(methods)}" for name, methods in named)


FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}


def _counts(changes: list[Change]) -> list[str]:
    total = summary(changes)
    if not changes:
        return ["no changes"]
    return [
        ", ".join(f"{count} {kind}" for kind, count in total["changes"].items()),
        (
            f"breaking for readers: {total['breaking_for_readers']}, "
            f"for writers: {total['breaking_for_writers']}"
        ),
        f"facade methods affected: {by_class(total['facade_methods']) or 'none'}",
    ]


def _sign(change: Change) -> str:
    return {"added": "+", "removed": "-"}.get(change.action, "~")


def _what(change: Change) -> str:
    return f"{change.subject} {change.path}".strip()


def _sentence(change: Change) -> str:
    parts = [_what(change)]
    if change.detail:
        parts.append(f"({change.detail})")
    if change.breaks:
        parts.append(f"breaks {change.breaks}")
    if change.methods:
        parts.append(f"[{by_class(change.methods)}]")
    return " ".join(parts)


def _row(change: Change) -> str:
    cells = (
        _sign(change),
        f"`{_what(change)}`",
        change.detail,
        change.breaks,
        by_class(change.methods),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
