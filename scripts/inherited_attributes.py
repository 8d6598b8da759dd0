"""Griffe extension: the reference of a class lists the attributes of its base classes too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterator

SECTION = re.compile(r"^Attributes:\n((?: {4}.*(?:\n|\Z)|\n(?= {4}))+)", re.MULTILINE)
ENTRY = re.compile(r"^ {4}(\w+)(?: \(.*?\))?: (.*(?:\n {5,}.*)*)", re.MULTILINE)


class InheritedAttributes(griffe.Extension):
    """Adds to the section "Attributes" of each docstring what those of the base classes have."""

    def on_package(self, *, pkg: griffe.Module, **_kwargs: Any) -> None:
        """Complete every class of a package that was read."""
        classes = list(_classes(pkg))
        own = {found.path: _entries(found) for found in classes}
        for found in classes:
            for base in found.mro():
                _add(found, own.get(base.path, {}))


def _classes(module: griffe.Module) -> Iterator[griffe.Class]:
    yield from module.classes.values()
    for inner in module.modules.values():
        yield from _classes(inner)


def _entries(found: griffe.Class) -> dict[str, str]:
    section = SECTION.search(found.docstring.value) if found.docstring else None
    return {
        name: f"    {name} ({found[name].annotation}): {text}\n"
        for name, text in ENTRY.findall(section[1] if section else "")
        if name in found.members
    }


def _add(found: griffe.Class, inherited: dict[str, str]) -> None:
    if found.docstring is None:
        return
    text = found.docstring.value
    section = SECTION.search(text)
    known = {name for name, _ in ENTRY.findall(section[1])} if section else set()
    new = "".join(line for name, line in inherited.items() if name not in known)
    if section:
        before, after = text[: section.end()].rstrip("\n"), text[section.end() :]
        found.docstring.value = f"{before}\n{new}{after}"
    elif new:
        found.docstring.value = f"{text}\n\nAttributes:\n{new}"
