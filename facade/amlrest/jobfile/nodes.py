"""YAML nodes: values with their file, line, column and key, for error messages."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from attrs import define, evolve, field, frozen

from amlrest.errors import ValidationError
from amlrest.jobfile.problems import FileError, Problem

_ATTRIBUTE = re.compile(r"([a-z]+|[A-Z]\w*(\.\w+|\[[^]]*\])+)\Z")
"""What an error message is about: ``CommandJob.inputs['x'].mode``, or a collection."""


@define
class Trace:
    """What was read from a file and the files that it names.

    Attributes:
        problems: problems that do not keep the file from being read.
        objects: class, node and keys by attribute of each object.
        paths: node and value of each local path.
    """

    problems: list[Problem] = field(factory=list)
    objects: list[tuple[type, Node, dict[str, str]]] = field(factory=list)
    paths: list[tuple[Node, Path]] = field(factory=list)

    def find(self, message: str) -> Node | None:
        """Return the value that an error message is about.

        Args:
            message: begins with the attribute (``CommandJob.command: …``), or has a local path
                in quotes.
        """
        quoted = (node for node, path in self.paths if repr(str(path)) in message)
        attribute = message.partition(" ")[0].rstrip(":")
        return self._attribute(attribute) or next(quoted, None)

    def locate(self, error: ValidationError) -> ValidationError:
        """Return an error about the resource with file, line, column and key in front."""
        message = str(error)
        node = None if isinstance(error, FileError) else self.find(message)
        if node is None:
            return error
        attribute, _, rest = message.partition(": ")
        return FileError([node.problem(rest if _ATTRIBUTE.match(attribute) else message)])

    def __deepcopy__(self, _memo: object) -> Trace:
        """Return this trace: copies of an object come from the same file."""
        return self

    def _attribute(self, where: str) -> Node | None:
        name, _, attribute = where.partition(".")
        plain = re.sub(r"\['?([^']*?)'?\]", r".\1", attribute)  # inputs['x'] is inputs.x in YAML
        for cls, node, keys in self.objects:
            if cls.__name__ == name and plain:
                return _inside(node, plain, keys)
        return None


def _inside(node: Node, attribute: str, keys: dict[str, str]) -> Node:
    """Follow an attribute such as ``trial.command`` as far as there are keys."""
    name = next((n for n in keys if attribute == n or attribute.startswith(f"{n}.")), None)
    if name is None:
        return node
    found = node.find(keys[name])
    return found.find(attribute[len(name) + 1 :]) if attribute != name else found


def keys_by_attribute(keys: Any) -> dict[str, str]:
    """Return the keys of a table by attribute; the first of several."""
    found: dict[str, str] = {}
    for path, key in keys.items():
        found.setdefault(key.attribute, path)
    return found


@frozen
class Source:
    """The origin of a document.

    Attributes:
        name: file name for error messages.
        folder: base of relative paths.
        trace: what was read, and where it stands; shared with the files that a file names.
    """

    name: str
    folder: Path
    trace: Trace = field(factory=Trace, repr=False)


@frozen
class Node:
    """A value of a YAML document.

    Attributes:
        value: a scalar, a list of nodes, or a dict of nodes.
        path: keys from the top, such as ``trial.inputs.iris``.
        line: line number, from 1.
        source: origin of the document.
        text: source text of a scalar.
        column: column number, from 1.
    """

    value: Any
    path: str
    line: int
    source: Source
    text: str = ""
    column: int = 1

    def problem(self, text: str, *, is_unknown: bool = False) -> Problem:
        """Return a problem with this value."""
        return Problem(self.source.name, self.line, self.column, self.path, text, is_unknown)

    def fail(self, problem: str) -> NoReturn:
        """Raise an error for this value.

        Raises:
            FileError: always; the message names file, line, column and key.
        """
        raise FileError([self.problem(problem)])

    def mapping(self) -> dict[str, Node]:
        """Return the entries; raise for any other value."""
        if not isinstance(self.value, dict):
            self.fail(f"{shown(self.value)} is not a mapping; write keys with values below it")
        return self.value

    def items(self) -> list[Node]:
        """Return the items; raise for any other value."""
        if not isinstance(self.value, list):
            self.fail(f"{shown(self.value)} is not a list; write items that begin with '- '")
        return self.value

    def without(self, keys: Collection[str]) -> Node:
        """Return this mapping without some of its keys."""
        return evolve(self, value={k: v for k, v in self.mapping().items() if k not in keys})

    def plain(self) -> Any:
        """Return the value as plain data."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.text if isinstance(self.value, date) else self.value

    def fail_key(self, known: Iterable[str]) -> NoReturn:
        """Raise an error for the key of this value, with a suggestion.

        Raises:
            FileError: always.
        """
        key = self.path.rpartition(".")[2]
        known = sorted(known)
        near = difflib.get_close_matches(key, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(known)}"
        raise FileError([self.problem(f"unknown key; {hint}", is_unknown=True)])

    def find(self, path: str) -> Node:
        """Return the value at a path of keys, or the innermost one that is there."""
        node = self
        for key in path.split("."):
            inner = node.value.get(key) if isinstance(node.value, dict) else None
            if inner is None:
                return node
            node = inner
        return node


def shown(value: Any) -> str:
    """Return a value as text for an error message."""
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else repr(value)


def without_nulls(entries: Mapping[str, Node]) -> dict[str, Node]:
    """Return the entries that have a value; a key with an empty value counts as absent."""
    return {key: node for key, node in entries.items() if node.value is not None}
