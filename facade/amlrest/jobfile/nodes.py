"""YAML as values that remember where they stand."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import yaml
from attrs import frozen
from yaml.reader import ReaderError

from amlrest.errors import ValidationError


@frozen
class Source:
    """Where a document comes from.

    Attributes:
        name: what errors call it.
        folder: what relative paths in it are relative to.
    """

    name: str
    folder: Path


@frozen
class Node:
    """A value of a YAML document.

    Attributes:
        value: a scalar, a list of nodes, or a dict of nodes.
        path: the keys that lead to it, such as ``trial.inputs.iris``.
        line: from 1.
        source: the document.
        text: a scalar as it is written.
    """

    value: Any
    path: str
    line: int
    source: Source
    text: str = ""

    def fail(self, problem: str) -> NoReturn:
        """Refuse this value.

        Raises:
            ValidationError: always; says where it stands.
        """
        where = f"{self.path}: " if self.path else ""
        raise ValidationError(f"{self.source.name}:{self.line}: {where}{problem}")

    def mapping(self) -> dict[str, "Node"]:
        """Return the entries; refuse anything but a mapping."""
        if not isinstance(self.value, dict):
            self.fail(f"{shown(self.value)} is not a mapping; write keys with values below it")
        return self.value

    def items(self) -> list["Node"]:
        """Return the items; refuse anything but a list."""
        if not isinstance(self.value, list):
            self.fail(f"{shown(self.value)} is not a list; write items that begin with '- '")
        return self.value

    def plain(self) -> Any:
        """Return the value without its places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.text if isinstance(self.value, date) else self.value

    def fail_key(self, known: Iterable[str]) -> NoReturn:
        """Refuse the key this value stands under; suggest one that is known.

        Raises:
            ValidationError: always.
        """
        key = self.path.rpartition(".")[2]
        known = sorted(known)
        near = difflib.get_close_matches(key, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(known)}"
        self.fail(f"the key is not known here; {hint}")


class _Loader(yaml.SafeLoader):
    """YAML as everybody writes it: ``1e-5`` is a number."""


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+\Z"),
    list("-+0123456789"),
)


def shown(value: Any) -> str:
    """Return a value for an error message."""
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else repr(value)


def parse(text: str, source: Source) -> Node:
    """Read a document.

    Raises:
        ValidationError: it is not YAML, or has a key twice, or refers to itself.
    """
    try:
        return _root(_Loader(text), source)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = f"{source.name}:{line}: not valid YAML: {chr(error.character)!r} cannot be in it"
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
        place = Node(None, path, node.start_mark.line + 1, self._source)
        if id(node) in above:
            place.fail("it contains itself; write the value out")
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
        return Node(value, path, place.line, self._source, text)

    def _scalar(self, node: yaml.Node) -> Any:
        try:
            return self._loader.construct_object(node)
        except ValueError:  # what only looks like a date or number
            return node.value

    def _entries(self, node: yaml.MappingNode, path: str, above: frozenset[int]) -> dict[str, Node]:
        self._refuse_twins(node, path)
        self._loader.flatten_mapping(node)
        entries: dict[str, Node] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, path)
            entries[key] = self.read(value_node, f"{path}.{key}" if path else key, above)
        return entries

    def _key(self, node: yaml.Node, path: str) -> str:
        """Return a key as it is written; to YAML, ``on`` and ``1.10`` are no text."""
        if not isinstance(node, yaml.ScalarNode):
            place = Node(None, path, node.start_mark.line + 1, self._source)
            place.fail("a key is a list or a mapping; write text")
        return str(node.value)

    def _refuse_twins(self, node: yaml.MappingNode, path: str) -> None:
        """Refuse a key that is written twice; keys that a merge brings in may be written again."""
        seen: set[str] = set()
        for key, _ in node.value:
            inner = f"{path}.{key.value}" if path else str(key.value)
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                place = Node(None, inner, key.start_mark.line + 1, self._source)
                place.fail("the key is there twice; keep one")
            seen.add(str(key.value))


def without_nulls(entries: Mapping[str, Node]) -> dict[str, Node]:
    """Return the entries that say something; an empty value is as good as no key."""
    return {key: node for key, node in entries.items() if node.value is not None}
