"""Facade usage: the operations and fields that the facade uses, read from its source."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from codegen_steps.diff.change import Change
    from codegen_steps.diff.reachability import Reachability

OPEN = "*"
OPERATION = re.compile(r"[A-Z][A-Za-z0-9]*_[A-Z][A-Za-z0-9]*")


@dataclass
class FacadeClass:
    """A class of the facade.

    Attributes:
        bases: names of its base classes.
        strings: class attributes that are strings.
        methods: syntax tree of each method.
    """

    bases: list[str]
    strings: dict[str, str] = field(default_factory=dict)
    methods: dict[str, ast.AST] = field(default_factory=dict)


@dataclass
class Usage:
    """Operations and names that the facade uses.

    Attributes:
        methods: operation ids by method, such as ``Jobs.submit``.
        names: fields and discriminator values that its source names.
    """

    methods: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def affected(
        self, change: Change, before: Reachability, after: Reachability
    ) -> tuple[str, ...]:
        """Return the methods that a change affects.

        A change of an operation affects the methods that call it. A change inside a definition
        affects the methods whose operations send or receive the definition, if the facade names
        the field or requests break without it.
        """
        found = []
        for method, operations in self.methods.items():
            if change.subject in operations or (
                self._named(change)
                and any(
                    change.subject in before.of(one) or change.subject in after.of(one)
                    for one in operations
                )
            ):
                found.append(method)
        return tuple(sorted(found))

    def _named(self, change: Change) -> bool:
        words = [word for word in re.split(r"[.=\[\]{}]+", change.path) if word]
        needed = change.action == "added" and change.breaks_writers
        return needed or not words or words[-1] in self.names


def usage(facade: Path) -> Usage:
    """Read the usage from the facade's source without importing it."""
    classes: dict[str, FacadeClass] = {}
    for path in sorted((facade / "_async").glob("*.py")):
        classes |= dict(_classes(ast.parse(path.read_text(encoding="utf-8"))))
    found = Usage()
    extended = {base for owner in classes.values() for base in owner.bases}
    for name in classes.keys() - extended:
        for method in _all_methods(name, classes):
            operations = _operations(name, method, classes, set())
            if operations and not method.startswith("_"):
                found.methods[f"{name}.{method}"] = operations
    for path in sorted(facade.rglob("*.py")):
        if "_sync" not in path.parts and "cli" not in path.parts:
            found.names |= set(_words(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _classes(tree: ast.Module) -> Iterator[tuple[str, FacadeClass]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        owner = FacadeClass([_plain(base) for base in node.bases])
        for item in node.body:
            if isinstance(item, ast.AsyncFunctionDef | ast.FunctionDef):
                owner.methods[item.name] = item
            elif isinstance(item, ast.Assign | ast.AnnAssign):
                _add_string(item, owner)
        yield node.name, owner


def _add_string(item: ast.Assign | ast.AnnAssign, owner: FacadeClass) -> None:
    targets = item.targets if isinstance(item, ast.Assign) else [item.target]
    if isinstance(item.value, ast.Constant) and isinstance(item.value.value, str):
        for target in targets:
            if isinstance(target, ast.Name):
                owner.strings[target.id] = item.value.value


def _plain(base: ast.expr) -> str:
    while isinstance(base, ast.Subscript):
        base = base.value
    return base.id if isinstance(base, ast.Name) else ""


def _lineage(name: str, classes: dict[str, FacadeClass]) -> Iterator[FacadeClass]:
    if name in classes:
        yield classes[name]
        for base in classes[name].bases:
            yield from _lineage(base, classes)


def _all_methods(name: str, classes: dict[str, FacadeClass]) -> set[str]:
    return {method for owner in _lineage(name, classes) for method in owner.methods}


def _operations(
    name: str, method: str, classes: dict[str, FacadeClass], seen: set[str]
) -> set[str]:
    """Return the operation ids in a method and in the own methods that it calls."""
    seen.add(method)
    body = next(
        (one.methods[method] for one in _lineage(name, classes) if method in one.methods), None
    )
    found = set(_named_operations(body, name, classes)) if body else set()
    for node in ast.walk(body) if body else ():
        called = _own_attribute(node)
        if called and called not in seen:
            found |= _operations(name, called, classes, seen)
    return found


def _named_operations(body: ast.AST, name: str, classes: dict[str, FacadeClass]) -> Iterator[str]:
    """Yield the operation ids in a method, spelled out or assembled from strings."""
    joined = [node for node in ast.walk(body) if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for node in joined for part in node.values}
    texts = [
        node.value
        for node in ast.walk(body)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside
    ]
    for node in joined:
        pattern = "".join(_part(part, name, classes) for part in node.values)
        texts += [pattern.replace(OPEN, text) for text in texts] if OPEN in pattern else [pattern]
    yield from (text for text in texts if OPERATION.fullmatch(text))


def _part(node: ast.expr, name: str, classes: dict[str, FacadeClass]) -> str:
    """Return a part of an f-string: its text, the class attribute it names, or ``OPEN``."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    attribute = _own_attribute(node.value) if isinstance(node, ast.FormattedValue) else None
    texts = (one.strings.get(attribute or "") for one in _lineage(name, classes))
    return next((text for text in texts if text), OPEN)


def _own_attribute(node: ast.AST) -> str | None:
    own = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    if own and isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr if node.value.id in {"self", "cls"} else None
    return None


def _words(tree: ast.Module) -> Iterator[str]:
    """Yield the identifiers in the source's strings, alone or as steps of a path."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (step for step in re.split(r"[/.]", node.value) if step.isidentifier())
