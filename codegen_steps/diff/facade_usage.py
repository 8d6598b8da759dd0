"""What the facade really uses of the API, read from its source."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from codegen_steps.diff.change import Change
    from codegen_steps.diff.reach import Reach

OPEN = "*"
OPERATION = re.compile(r"[A-Z][A-Za-z0-9]*_[A-Z][A-Za-z0-9]*")


@dataclass
class Noun:
    """A class of the facade.

    Attributes:
        bases: names of its base classes.
        texts: its class attributes that are text.
        methods: what each method's body says.
    """

    bases: list[str]
    texts: dict[str, str] = field(default_factory=dict)
    methods: dict[str, ast.AST] = field(default_factory=dict)


@dataclass
class Usage:
    """What the facade uses.

    Attributes:
        verbs: operation ids by verb, such as ``Jobs.submit``.
        names: words that its wire code names: fields, discriminator values.
    """

    verbs: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def touched(self, change: Change, before: Reach, after: Reach) -> tuple[str, ...]:
        """The verbs that a change concerns.

        A change of an operation concerns the verbs that call it. A change inside a definition
        concerns the verbs whose operations carry the definition, if the facade names the field,
        or if requests break without it.
        """
        found = []
        for verb, operations in self.verbs.items():
            if change.subject in operations or (
                self._named(change)
                and any(
                    change.subject in before.of(one) or change.subject in after.of(one)
                    for one in operations
                )
            ):
                found.append(verb)
        return tuple(sorted(found))

    def _named(self, change: Change) -> bool:
        words = [word for word in re.split(r"[.=\[\]{}]+", change.path) if word]
        needed = change.action == "added" and change.breaks_writers
        return needed or not words or words[-1] in self.names


def usage(facade: Path) -> Usage:
    """Read the facade's source; nothing is imported."""
    nouns: dict[str, Noun] = {}
    for path in sorted((facade / "_async").glob("*.py")):
        nouns |= dict(_nouns(ast.parse(path.read_text(encoding="utf-8"))))
    found = Usage()
    extended = {base for noun in nouns.values() for base in noun.bases}
    for name in nouns.keys() - extended:
        for method in _all_methods(name, nouns):
            operations = _operations(name, method, nouns, set())
            if operations and not method.startswith("_"):
                found.verbs[f"{name}.{method}"] = operations
    for path in sorted(facade.rglob("*.py")):
        if "_sync" not in path.parts and "cli" not in path.parts:
            found.names |= set(_words(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _nouns(tree: ast.Module) -> Iterator[tuple[str, Noun]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        noun = Noun([_plain(base) for base in node.bases])
        for item in node.body:
            if isinstance(item, ast.AsyncFunctionDef | ast.FunctionDef):
                noun.methods[item.name] = item
            elif isinstance(item, ast.Assign | ast.AnnAssign):
                _remember_text(item, noun)
        yield node.name, noun


def _remember_text(item: ast.Assign | ast.AnnAssign, noun: Noun) -> None:
    targets = item.targets if isinstance(item, ast.Assign) else [item.target]
    if isinstance(item.value, ast.Constant) and isinstance(item.value.value, str):
        for target in targets:
            if isinstance(target, ast.Name):
                noun.texts[target.id] = item.value.value


def _plain(base: ast.expr) -> str:
    while isinstance(base, ast.Subscript):
        base = base.value
    return base.id if isinstance(base, ast.Name) else ""


def _lineage(name: str, nouns: dict[str, Noun]) -> Iterator[Noun]:
    if name in nouns:
        yield nouns[name]
        for base in nouns[name].bases:
            yield from _lineage(base, nouns)


def _all_methods(name: str, nouns: dict[str, Noun]) -> set[str]:
    return {method for noun in _lineage(name, nouns) for method in noun.methods}


def _operations(name: str, method: str, nouns: dict[str, Noun], seen: set[str]) -> set[str]:
    """Operation ids in a method and in the methods of its own object that it calls."""
    seen.add(method)
    body = next(
        (one.methods[method] for one in _lineage(name, nouns) if method in one.methods), None
    )
    found = set(_named_operations(body, name, nouns)) if body else set()
    for node in ast.walk(body) if body else ():
        called = _own_attribute(node)
        if called and called not in seen:
            found |= _operations(name, called, nouns, seen)
    return found


def _named_operations(body: ast.AST, name: str, nouns: dict[str, Noun]) -> Iterator[str]:
    """Operation ids spelled out in a method, or put together from its texts."""
    joined = [node for node in ast.walk(body) if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for node in joined for part in node.values}
    texts = [
        node.value
        for node in ast.walk(body)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside
    ]
    for node in joined:
        pattern = "".join(_part(part, name, nouns) for part in node.values)
        texts += [pattern.replace(OPEN, text) for text in texts] if OPEN in pattern else [pattern]
    yield from (text for text in texts if OPERATION.fullmatch(text))


def _part(node: ast.expr, name: str, nouns: dict[str, Noun]) -> str:
    """A part of an f-string: its text, the class attribute it names, or ``OPEN``."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    attribute = _own_attribute(node.value) if isinstance(node, ast.FormattedValue) else None
    texts = (one.texts.get(attribute or "") for one in _lineage(name, nouns))
    return next((text for text in texts if text), OPEN)


def _own_attribute(node: ast.AST) -> str | None:
    own = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    if own and isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr if node.value.id in {"self", "cls"} else None
    return None


def _words(tree: ast.Module) -> Iterator[str]:
    """Single words that the source spells out as text, or as the steps of a path."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (step for step in re.split(r"[/.]", node.value) if step.isidentifier())
