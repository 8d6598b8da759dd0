"""YAML nodes: values with their file, line and key, for error messages."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import yaml
from attrs import evolve, frozen
from yaml.reader import ReaderError

from amlrest.errors import ValidationError


@frozen
class Source:
    """The origin of a document.

    Attributes:
        name: file name for error messages.
        folder: base of relative paths.
    """

    name: str
    folder: Path


@frozen
class Node:
    """A value of a YAML document.

    Attributes:
        value: a scalar, a list of nodes, or a dict of nodes.
        path: keys from the top, such as ``trial.inputs.iris``.
        line: line number, from 1.
        source: origin of the document.
        text: source text of a scalar.
    """

    value: Any
    path: str
    line: int
    source: Source
    text: str = ""

    def fail(self, problem: str) -> NoReturn:
        """Raise an error for this value.

        Raises:
            ValidationError: always; the message names file, line and key.
        """
        where = f"{self.path}: " if self.path else ""
        raise ValidationError(f"{self.source.name}:{self.line}: {where}{problem}")

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
            ValidationError: always.
        """
        key = self.path.rpartition(".")[2]
        known = sorted(known)
        near = difflib.get_close_matches(key, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(known)}"
        self.fail(f"unknown key; {hint}")


class _Loader(yaml.SafeLoader):
    """A safe loader that also reads ``1e-5`` as a number."""


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+\Z"),
    list("-+0123456789"),
)


def shown(value: Any) -> str:
    """Return a value as text for an error message."""
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else repr(value)


def parse(text: str, source: Source) -> Node:
    """Parse a YAML document.

    Raises:
        ValidationError: it is not valid YAML, has a duplicate key, or contains itself.
    """
    try:
        return _root(_Loader(text), source)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = f"{source.name}:{line}: not valid YAML: {chr(error.character)!r} is not allowed"
        raise ValidationError(message) from None
    except RecursionError:
        raise ValidationError(f"{source.name}: not valid YAML: nested too deeply") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "not readable"
        raise ValidationError(f"{source.name}:{line}: not valid YAML: {problem}") from None


def _root(loader: yaml.SafeLoader, source: Source) -> Node:
    try:
        root = loader.get_single_node()
        if root is None:
            return Node({}, "", 1, source)
        return _Reader(loader, source).read(root, "", frozenset())
    finally:
        loader.dispose()


class _Reader:
    def __init__(self, loader: yaml.SafeLoader, source: Source) -> None:
        self._loader, self._source = loader, source

    def read(self, node: yaml.Node, path: str, above: frozenset[int]) -> Node:
        here = Node(None, path, node.start_mark.line + 1, self._source)
        if id(node) in above:
            here.fail("it contains itself; write the value instead of the alias")
        inside = above | {id(node)}
        value: Any
        if isinstance(node, yaml.MappingNode):
            value = self._entries(node, path, inside)
        elif isinstance(node, yaml.SequenceNode):
            each = enumerate(node.value)
            value = [self.read(item, f"{path}[{i}]", inside) for i, item in each]
        else:
            value = self._scalar(node)
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        return Node(value, path, here.line, self._source, text)

    def _scalar(self, node: yaml.Node) -> Any:
        try:
            return self._loader.construct_object(node)
        except ValueError:  # looks like a date or number, but is not one
            return node.value

    def _entries(self, node: yaml.MappingNode, path: str, above: frozenset[int]) -> dict[str, Node]:
        self._check_duplicates(node, path)
        self._loader.flatten_mapping(node)
        entries: dict[str, Node] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, path)
            entries[key] = self.read(value_node, f"{path}.{key}" if path else key, above)
        return entries

    def _key(self, node: yaml.Node, path: str) -> str:
        """Return the source text of a key; YAML reads ``on`` and ``1.10`` as other types."""
        if not isinstance(node, yaml.ScalarNode):
            here = Node(None, path, node.start_mark.line + 1, self._source)
            here.fail("a key is a list or a mapping; use text")
        return str(node.value)

    def _check_duplicates(self, node: yaml.MappingNode, path: str) -> None:
        """Raise for a duplicate key; keys from a merge (``<<``) may be overridden."""
        seen: set[str] = set()
        for key, _ in node.value:
            inner = f"{path}.{key.value}" if path else str(key.value)
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                here = Node(None, inner, key.start_mark.line + 1, self._source)
                here.fail("duplicate key; keep one")
            seen.add(str(key.value))


def without_nulls(entries: Mapping[str, Node]) -> dict[str, Node]:
    """Return the entries that have a value; a key with an empty value counts as absent."""
    return {key: node for key, node in entries.items() if node.value is not None}
